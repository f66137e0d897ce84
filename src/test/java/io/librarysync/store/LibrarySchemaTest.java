package io.librarysync.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.engine.LibraryModel;
import io.librarysync.engine.LibraryModel.Column;
import io.librarysync.engine.LibraryModel.ForeignKey;
import io.librarysync.engine.LibraryModels;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables are written by hand, so that a version stays what it is; they must say what the models say. */
class LibrarySchemaTest {
    private final Path path;

    LibrarySchemaTest(@TempDir Path directory) {
        this.path = directory.resolve("library.db");
        SqliteLibraryStore.open(path, Untimed.INSTANCE).close();
    }

    static List<LibraryModel> models() {
        return LibraryModels.all();
    }

    @ParameterizedTest
    @MethodSource("models")
    void aTableHasTheColumnsOfItsModel(LibraryModel model) throws SQLException {
        assertThat(SqliteFiles.rows(
                        path,
                        "SELECT name, type, \"notnull\" FROM pragma_table_info('" + model.table()
                                + "') WHERE name <> 'file_key'"))
                .containsExactlyElementsOf(columns(model));
    }

    private static List<String> columns(LibraryModel model) {
        List<String> columns = new ArrayList<>(List.of("id|INTEGER|0", "uuid|TEXT|1"));
        for (Column column : model.columns()) {
            columns.add(column.name() + "|" + column.type() + "|" + (column.required() ? 1 : 0));
        }
        for (ForeignKey key : model.foreignKeys()) {
            columns.add(key.column() + "|INTEGER|" + (key.required() ? 1 : 0));
        }
        if (!model.type().isShared()) {
            columns.addAll(List.of("owner|TEXT|1", "rev|INTEGER|1", "changed_at|INTEGER|1"));
        }
        return columns;
    }

    @ParameterizedTest
    @MethodSource("models")
    void aTableHasTheForeignKeysOfItsModel(LibraryModel model) throws SQLException {
        assertThat(SqliteFiles.rows(
                        path,
                        "SELECT \"from\", \"table\", on_delete FROM pragma_foreign_key_list('" + model.table() + "')"))
                .containsExactlyInAnyOrderElementsOf(model.foreignKeys().stream()
                        .map(key -> foreignKey(model, key))
                        .toList());
    }

    private static String foreignKey(LibraryModel model, ForeignKey key) {
        boolean toItself = key.target().equals(model.type());
        String whenDeleted = toItself ? "NO ACTION" : key.cascades() ? "CASCADE" : "SET NULL";
        return key.column() + "|" + LibraryModels.of(key.target()).table() + "|" + whenDeleted;
    }

    @Test
    void everyForeignKeyHasAnIndexToFindItsRowsBy() throws SQLException {
        for (LibraryModel model : LibraryModels.all()) {
            List<String> leading = SqliteFiles.rows(
                    path,
                    "SELECT (SELECT name FROM pragma_index_info(l.name) WHERE seqno = 0) FROM pragma_index_list('"
                            + model.table() + "') l");
            assertThat(leading)
                    .containsAll(
                            model.foreignKeys().stream().map(ForeignKey::column).toList());
        }
    }

    @Test
    void onlyTheExpectedTablesAreThere() throws SQLException {
        assertThat(SqliteFiles.rows(
                        path, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"))
                .containsExactlyInAnyOrder(
                        "devices",
                        "volumes",
                        "locations",
                        "content_identities",
                        "entries",
                        "moved_entries",
                        "tags",
                        "collections",
                        "entry_tags",
                        "tombstones",
                        "record_versions",
                        "shared_changes",
                        "author_progress",
                        "state_watermarks",
                        "floors",
                        "pending_changes",
                        "checkpoints",
                        "peer_progress",
                        "clock");
    }
}
