package io.librarysync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.history.SnapshotStore;
import io.librarysync.history.SnapshotStoreContract;
import io.librarysync.history.SnapshotStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsDatabaseTest extends SnapshotStoreContract {
    private final Path directory;

    MetricsDatabaseTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Override
    protected SnapshotStore create() {
        return MetricsDatabase.open(directory.resolve("metrics.db"));
    }

    @Test
    void whatWasKeptIsThereAfterReopening() {
        Path path = directory.resolve("again.db");
        try (SnapshotStore store = MetricsDatabase.open(path)) {
            store.append(LIBRARY, NOON, "kept");
            store.openEpoch(epoch(1, LIBRARY, NOON));
        }
        try (SnapshotStore store = MetricsDatabase.open(path)) {
            assertThat(store.latest(LIBRARY).orElseThrow().json()).isEqualTo("kept");
            assertThat(store.epochs(LIBRARY)).containsExactly(epoch(1, LIBRARY, NOON));
        }
    }

    @Test
    void timestampsAreIsoTextInUtcWithMilliseconds() throws SQLException {
        Path path = directory.resolve("text.db");
        try (SnapshotStore store = MetricsDatabase.open(path)) {
            store.append(LIBRARY, NOON, "{}");
        }
        assertThat(SqliteFiles.rows(
                        path, "SELECT id, library_id, timestamp, snapshot_json FROM sync_metrics_snapshots"))
                .containsExactly("1|" + LIBRARY + "|2026-01-01T12:00:00.000Z|{}");
    }

    @Test
    void theTableAndItsIndexAreTheOnesPromised() throws SQLException {
        Path path = directory.resolve("schema.db");
        MetricsDatabase.open(path).close();

        assertThat(SqliteFiles.rows(
                        path, "SELECT name, type, \"notnull\", pk FROM pragma_table_info('sync_metrics_snapshots')"))
                .containsExactly(
                        "id|INTEGER|0|1", "library_id|TEXT|1|0", "timestamp|TIMESTAMP|1|0", "snapshot_json|TEXT|1|0");
        assertThat(SqliteFiles.rows(path, "SELECT name FROM pragma_index_info('idx_metrics_library_time')"))
                .containsExactly("library_id", "timestamp");
    }

    @Test
    void aCorruptFileLeavesAStoreThatSaysWhyAndRefuses() throws IOException {
        Path path = directory.resolve("corrupt.db");
        Files.writeString(path, "this is no database ".repeat(500));

        SnapshotStore store = MetricsDatabase.open(path);

        assertThat(store.problem()).startsWith("cannot open " + path + ": ").doesNotContain("\n");
        assertThat(store.latest(LIBRARY)).isEmpty();
        assertThatThrownBy(() -> store.append(LIBRARY, NOON, "{}"))
                .isInstanceOf(SnapshotStoreException.class)
                .hasMessage("snapshots cannot be stored: " + store.problem());
    }

    @Test
    void aNewerFileIsNotTouched() throws SQLException, IOException {
        Path path = directory.resolve("newer.db");
        MetricsDatabase.open(path).close();
        SqliteFiles.execute(path, "PRAGMA user_version = 99");
        byte[] before = Files.readAllBytes(path);

        SnapshotStore store = MetricsDatabase.open(path);

        assertThat(store.problem())
                .isEqualTo(path + " has schema version 99, this program knows 1;"
                        + " use the newer program, the file was not touched");
        assertThat(Files.readAllBytes(path)).isEqualTo(before);
    }

    @Test
    void anUnwritablePlaceLeavesAStoreThatSaysWhy() {
        Path path = directory.resolve("missing").resolve("metrics.db");

        assertThat(MetricsDatabase.open(path).problem()).startsWith("cannot open " + path + ": ");
    }
}
