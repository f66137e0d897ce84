package io.librarysync.store;

import io.librarysync.engine.LibraryModel;
import io.librarysync.engine.LibraryModel.Column;
import io.librarysync.engine.LibraryModel.ColumnType;
import io.librarysync.engine.LibraryModel.ForeignKey;
import io.librarysync.engine.RecordData;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the fields that {@link ModelSql} selects as a record. */
final class RecordRows {

    private RecordRows() {}

    /** The record whose fields begin at column {@code first}; fails with {@link UnreadableRecordException} if it is none. */
    static RecordData read(LibraryModel model, Row row, int first) throws SQLException {
        RecordData.Builder record = RecordData.builder();
        int at = first;
        for (Column column : model.columns()) {
            Object value = present(model, column.name(), column.required(), row.value(at++));
            put(record, model, column, value);
        }
        for (ForeignKey key : model.foreignKeys()) {
            Object value = present(model, key.field(), key.required(), row.value(at++));
            record.reference(key.name(), value == null ? null : Row.parsed(value.toString(), UUID::fromString));
        }
        return record.build();
    }

    private static @Nullable Object present(LibraryModel model, String field, boolean required, @Nullable Object value)
            throws UnreadableRecordException {
        if (value == null && required) {
            throw new UnreadableRecordException(model.type() + " without " + field);
        }
        return value;
    }

    private static void put(RecordData.Builder record, LibraryModel model, Column column, @Nullable Object value)
            throws UnreadableRecordException {
        if (value instanceof String text && column.type() == ColumnType.TEXT) {
            record.put(column.name(), text);
        } else if (value instanceof Long number && column.type() == ColumnType.INTEGER) {
            record.put(column.name(), number);
        } else if (value != null) {
            throw new UnreadableRecordException(model.type() + "." + column.name() + " is no " + column.type());
        }
    }
}
