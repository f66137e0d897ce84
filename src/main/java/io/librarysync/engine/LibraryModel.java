package io.librarysync.engine;

import io.librarysync.domain.ModelType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * One replicated model, declared once: its table, its replicated columns and the records it refers to. Everything that
 * depends on the shape of a record (tables, statements, validation, the order of applying) is derived from here.
 *
 * @param type name and ownership
 * @param table the table that holds its records
 * @param columns replicated besides {@code uuid}, under the same name in {@link RecordData}
 * @param foreignKeys references to other records
 */
public record LibraryModel(ModelType type, String table, List<Column> columns, List<ForeignKey> foreignKeys) {

    /** The type of a column: what {@link RecordData} holds for it. */
    public enum ColumnType {
        /** A {@link String}. */
        TEXT,
        /** A {@link Long}. */
        INTEGER
    }

    /** A replicated column; one that is not required may be absent, and is NULL in the table then. */
    public record Column(String name, ColumnType type, boolean required) {}

    /**
     * A reference to a record of {@code target}. In the table it is the integer column {@link #column()}; on the wire and in
     * {@link RecordData} it is the uuid under {@link #field()}, because integer keys are local.
     *
     * @param cascades whether this record goes when the one it refers to is deleted; otherwise the reference is cleared
     */
    public record ForeignKey(String name, ModelType target, boolean required, boolean cascades) {

        public String column() {
            return name + "_id";
        }

        public String field() {
            return name + "_uuid";
        }
    }

    public LibraryModel {
        columns = List.copyOf(columns);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /** What is wrong with {@code data} as a record of this model; empty if nothing is. Fields it does not know are ignored. */
    Optional<String> problemOf(RecordData data) {
        return columns.stream()
                .flatMap(column -> problemOf(column, data).stream())
                .findFirst()
                .or(() -> foreignKeys.stream()
                        .flatMap(key -> problemOf(key, data).stream())
                        .findFirst());
    }

    private Optional<String> problemOf(Column column, RecordData data) {
        Object value = data.fields().get(column.name());
        if (value == null) {
            return column.required() ? Optional.of(type + " without " + column.name()) : Optional.empty();
        }
        Class<?> expected = column.type() == ColumnType.TEXT ? String.class : Long.class;
        return expected.isInstance(value)
                ? Optional.empty()
                : Optional.of(type + "." + column.name() + " is no "
                        + column.type().name().toLowerCase(Locale.ROOT));
    }

    private Optional<String> problemOf(ForeignKey key, RecordData data) {
        Object value = data.fields().get(key.field());
        if (value == null) {
            return key.required() ? Optional.of(type + " without " + key.field()) : Optional.empty();
        }
        try {
            UUID.fromString(value.toString());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(type + "." + key.field() + " is no uuid");
        }
    }
}
