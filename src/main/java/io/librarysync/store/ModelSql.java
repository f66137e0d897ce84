package io.librarysync.store;

import io.librarysync.domain.ModelType;
import io.librarysync.engine.LibraryModel;
import io.librarysync.engine.LibraryModel.Column;
import io.librarysync.engine.LibraryModel.ForeignKey;
import io.librarysync.engine.LibraryModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The statements of one model, derived once from its declaration. */
final class ModelSql {
    private static final List<String> OWNED_COLUMNS = List.of("owner", "rev", "changed_at");
    private static final Map<ModelType, ModelSql> ALL =
            LibraryModels.all().stream().collect(Collectors.toUnmodifiableMap(LibraryModel::type, ModelSql::new));

    final LibraryModel model;
    final String id;
    final String ids;
    final String ownedRow;
    final String record;
    final String records;
    final String owned;
    final String ownedUpTo;
    final String stateAfter;
    final String lastRev;
    final String snapshotAfter;
    final String put;
    final String delete;

    private ModelSql(LibraryModel model) {
        this.model = model;
        String table = model.table();
        String fields = String.join(", ", selectedFields(model));
        this.id = "SELECT id FROM " + table + " WHERE uuid = ?";
        this.ids = "SELECT uuid, id FROM " + table + " WHERE uuid IN (SELECT value FROM json_each(?))";
        this.ownedRow = "SELECT id, owner, rev, changed_at FROM " + table + " WHERE uuid = ?";
        this.records = "SELECT t.uuid, " + fields + " FROM " + table + " t";
        this.record = records + " WHERE t.uuid = ?";
        this.owned = records + " WHERE t.owner = ? ORDER BY t.uuid";
        this.ownedUpTo = "SELECT uuid FROM " + table + " WHERE owner = ? AND rev <= ? ORDER BY rev";
        this.stateAfter = stateAfter(table, fields, fieldCount(model));
        this.lastRev = lastRev(table);
        this.snapshotAfter = "SELECT v.uuid, v.hlc, v.base_hlc, v.deleted, " + fields
                + " FROM record_versions v LEFT JOIN " + table + " t ON t.uuid = v.uuid"
                + " WHERE v.model = ? AND v.uuid > ? AND (v.deleted OR t.id IS NOT NULL) ORDER BY v.uuid LIMIT ?";
        this.put = put(model);
        this.delete = delete(model);
    }

    static ModelSql of(ModelType type) {
        ModelSql sql = ALL.get(type);
        if (sql == null) {
            throw new IllegalArgumentException("no model is called " + type);
        }
        return sql;
    }

    /** Finds records by the text in one of their columns. */
    String withText(String column) {
        if (model.columns().stream().map(Column::name).noneMatch(column::equals)) {
            throw new IllegalArgumentException(model.type() + " has no column " + column);
        }
        return "SELECT uuid FROM " + model.table() + " WHERE " + column + " = ? ORDER BY uuid";
    }

    /** Finds records by these of their foreign keys, in this order. */
    String referringTo(List<ForeignKey> keys) {
        return keys.stream()
                .map(key -> key.column() + " = (SELECT id FROM " + tableOf(key) + " WHERE uuid = ?)")
                .collect(
                        Collectors.joining(" AND ", "SELECT uuid FROM " + model.table() + " WHERE ", " ORDER BY uuid"));
    }

    private static int fieldCount(LibraryModel model) {
        return model.columns().size() + model.foreignKeys().size();
    }

    /** The fields of {@code t} in the order in which {@link RecordRows} reads them. */
    private static List<String> selectedFields(LibraryModel model) {
        Stream<String> columns = model.columns().stream().map(column -> "t." + column.name());
        Stream<String> references = model.foreignKeys().stream()
                .map(key -> "(SELECT k.uuid FROM " + tableOf(key) + " k WHERE k.id = t." + key.column() + ")");
        return Stream.concat(columns, references).toList();
    }

    private static String tableOf(ForeignKey key) {
        return LibraryModels.of(key.target()).table();
    }

    private static String stateAfter(String table, String fields, int fieldCount) {
        return "SELECT t.rev, t.uuid, t.changed_at, 0, " + fields + " FROM " + table + " t"
                + " WHERE t.owner = ?1 AND t.rev > ?3"
                + " UNION ALL SELECT rev, uuid, deleted_at, 1" + ", NULL".repeat(fieldCount)
                + " FROM tombstones WHERE owner = ?1 AND model = ?2 AND rev > ?3 ORDER BY 1 LIMIT ?4";
    }

    private static String lastRev(String table) {
        return "SELECT max(coalesce((SELECT max(rev) FROM " + table + " WHERE owner = ?1), 0),"
                + " coalesce((SELECT max(rev) FROM tombstones WHERE owner = ?1 AND model = ?2), 0),"
                + " coalesce((SELECT value FROM floors WHERE origin = ?1 AND model = ?2), 0))";
    }

    private static String put(LibraryModel model) {
        List<String> columns = writtenColumns(model);
        String updates =
                columns.stream().map(column -> column + " = excluded." + column).collect(Collectors.joining(", "));
        return "INSERT INTO " + model.table() + " (uuid, " + String.join(", ", columns) + ") VALUES (?"
                + ", ?".repeat(columns.size()) + ") ON CONFLICT (uuid) DO UPDATE SET " + updates + " RETURNING id";
    }

    private static List<String> writtenColumns(LibraryModel model) {
        List<String> columns = new ArrayList<>();
        model.columns().forEach(column -> columns.add(column.name()));
        model.foreignKeys().forEach(key -> columns.add(key.column()));
        columns.addAll(model.type().isShared() ? List.of() : OWNED_COLUMNS);
        return columns;
    }

    private static String delete(LibraryModel model) {
        return model.foreignKeys().stream()
                .filter(key -> key.cascades() && key.target().equals(model.type()))
                .findFirst()
                .map(key -> deleteTree(model.table(), key.column()))
                .orElse("DELETE FROM " + model.table() + " WHERE uuid = ?");
    }

    private static String deleteTree(String table, String parent) {
        return "WITH RECURSIVE tree(id) AS (SELECT id FROM " + table + " WHERE uuid = ?"
                + " UNION SELECT t.id FROM " + table + " t JOIN tree ON t." + parent + " = tree.id)"
                + " DELETE FROM " + table + " WHERE id IN (SELECT id FROM tree)";
    }
}
