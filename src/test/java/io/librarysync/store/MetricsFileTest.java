package io.librarysync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.history.Entry;
import io.librarysync.history.Epoch;
import io.librarysync.history.Mark;
import io.librarysync.history.SnapshotStore;
import io.librarysync.history.SnapshotStoreContract;
import io.librarysync.history.SnapshotStoreException;
import io.librarysync.history.StoredSnapshot;
import io.librarysync.history.Tier;
import io.librarysync.metrics.Member;
import io.librarysync.store.MetricsDatabase.Source;
import io.librarysync.testing.RecordedEpoch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig.SynchronousMode;

class MetricsFileTest extends SnapshotStoreContract {
    private static final Source SOURCE = new Source(LIBRARY, DEVICE);

    private final Path directory;
    private final Path path;

    MetricsFileTest(@TempDir Path directory) {
        this.directory = directory;
        this.path = directory.resolve("metrics.db");
    }

    @Override
    protected SnapshotStore open(Member library, Member device) {
        return MetricsDatabase.open(path, library, device);
    }

    @Test
    void timestampsAreIsoTextInUtcWithMilliseconds() throws SQLException {
        RecordedEpoch epoch = epoch("a", NOON);
        store.write(List.of(epoch.begun(), epoch.taken(NOON.plusNanos(7_999_999), Tier.LONG, "{}")));

        assertThat(SqliteFiles.rows(
                        path, "SELECT id, library_id, timestamp, snapshot_json FROM sync_metrics_snapshots"))
                .containsExactly("1|" + LIBRARY.id() + "|2026-01-01T12:00:00.007Z|{}");
        assertThat(store.lastTimestamp()).contains(NOON.plusMillis(7));
        assertThat(store.last("a").orElseThrow().takenAt()).isEqualTo(NOON.plusMillis(7));
    }

    @Test
    void theTableAndItsIndexAreTheOnesPromised() throws SQLException {
        store.resume();

        assertThat(SqliteFiles.rows(
                        path, "SELECT name, type, \"notnull\", pk FROM pragma_table_info('sync_metrics_snapshots')"))
                .containsExactly(
                        "id|INTEGER|0|1", "library_id|TEXT|1|0", "timestamp|TIMESTAMP|1|0", "snapshot_json|TEXT|1|0");
        assertThat(SqliteFiles.rows(path, "SELECT name FROM pragma_index_info('idx_metrics_library_time')"))
                .containsExactly("library_id", "timestamp");
    }

    @Test
    void theSnapshotsOfVersionOneStay() throws SQLException {
        writeVersionOne();

        assertThat(store.resume().epochs()).isEmpty();
        assertThat(store.count()).isEqualTo(1);
        assertThat(store.find(1)).contains(new StoredSnapshot(1, NOON, "{}"));
        assertThat(store.lastTimestamp()).contains(NOON);
        store.close();
        assertThat(MetricsDatabase.sources(path)).containsExactly(SOURCE);
    }

    private void writeVersionOne() throws SQLException {
        new DatabaseFile(path, new Schema("metrics", 1), SynchronousMode.NORMAL, false, 10)
                .open(Untimed.INSTANCE)
                .close();
        SqliteFiles.execute(
                path,
                "INSERT INTO metrics_epochs (id, library_id, run_id, device_id, started_at, opened_by) VALUES ('a', '"
                        + LIBRARY.id() + "', 'run', '" + DEVICE.id() + "', '2026-01-01T12:00:00.000Z', 'start')");
        SqliteFiles.execute(
                path,
                "INSERT INTO sync_metrics_snapshots (library_id, timestamp, snapshot_json) VALUES ('" + LIBRARY.id()
                        + "', '2026-01-01T12:00:00.000Z', '{}')");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedByEachCallUntilItIsAway() throws IOException {
        String text = "this is no database\n".repeat(500);
        Files.writeString(path, text);

        assertFailing("cannot open " + path + ": ");
        assertThat(path).hasContent(text);

        Files.delete(path);
        assertWorking();
    }

    @Test
    void aNewerFileIsRefusedByEachCallAndNotTouched() throws SQLException, IOException {
        store.resume();
        store.close();
        SqliteFiles.execute(path, "PRAGMA user_version = 99");
        byte[] before = Files.readAllBytes(path);
        open();

        assertFailing(
                path + " has schema version 99, this program knows 3; use the newer program, nothing was touched");
        assertThat(path).hasBinaryContent(before);
        assertThatThrownBy(() -> MetricsDatabase.sources(path)).isInstanceOf(SnapshotStoreException.class);

        SqliteFiles.execute(path, "PRAGMA user_version = 3");
        assertWorking();
    }

    @Test
    void aPlaceThatIsNotThereFailsEachCallUntilItIs() throws IOException {
        Path missing = directory.resolve("missing");
        store = MetricsDatabase.open(missing.resolve("metrics.db"), LIBRARY, DEVICE);

        assertFailing("cannot open " + missing.resolve("metrics.db") + ": ");

        Files.createDirectory(missing);
        assertWorking();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPlaceThatNobodyCanWriteToFailsEachCall() {
        store = MetricsDatabase.open(Path.of("/proc/metrics.db"), LIBRARY, DEVICE);

        assertFailing("cannot open /proc/metrics.db: ");
    }

    @Test
    void aFileThatAnotherProcessWritesToCanBeReadAndIsWrittenLater() throws SQLException {
        store = impatient(path);
        assertWorking();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            assertThatThrownBy(store::resume)
                    .isInstanceOf(SnapshotStoreException.class)
                    .hasMessage(path + ": [SQLITE_BUSY] The database file is locked (database is locked)");
            assertThat(store.epochs()).hasSize(1);
            statement.execute("ROLLBACK");
        }
        assertThat(store.resume().epochs()).hasSize(1);
    }

    private static SnapshotStore impatient(Path file) {
        return new MetricsDatabase(
                new FileConnections(new DatabaseFile(file, Schema.METRICS, SynchronousMode.NORMAL, false, 10)), SOURCE);
    }

    @Test
    void aFullDiskLosesNothingAndIsWrittenToOnceThereIsRoom() {
        store = MetricsDatabase.open(directory.resolve("full.db?max_page_count=100"), LIBRARY, DEVICE);
        RecordedEpoch epoch = epoch("a", NOON);
        store.write(List.of(epoch.begun(), epoch.taken(minutes(1), Tier.LONG)));
        String large = "x".repeat(100_000);
        assertThat(store.write(List.of(epoch.taken(minutes(2), Tier.SHORT, large))))
                .hasSize(1);
        List<Entry> tooMuch = List.of(
                epoch.taken(minutes(3), Tier.LONG, large), epoch.taken(minutes(4), Tier.SHORT, "x".repeat(250_000)));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> store.write(tooMuch))
                    .isInstanceOf(SnapshotStoreException.class)
                    .hasMessageContaining("[SQLITE_FULL]");
        }
        assertThat(newest(minutes(9))).isEqualTo(mark(epoch, epoch.samples().get(1)));
        assertThat(store.find(1).map(StoredSnapshot::json)).contains(large);

        assertThat(store.write(List.of(epoch.taken(minutes(5), Tier.LONG)))).isEmpty();
        assertThat(newest(minutes(9))).isEqualTo(mark(epoch, epoch.last()));
    }

    @Test
    void readingDoesNotWaitForWriting() throws InterruptedException {
        FileConnections connections = new FileConnections(DatabaseFile.ofMetrics(path));
        store = new MetricsDatabase(connections, SOURCE);
        store.resume();
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        CompletableFuture<Boolean> writer = CompletableFuture.supplyAsync(() -> connections.write(database -> {
            writing.countDown();
            return await(read);
        }));

        writing.await();
        assertThat(store.epochs()).isEmpty();
        read.countDown();

        assertThat(writer.join()).isTrue();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void aClosedStoreSaysSo() {
        store.resume();
        store.close();
        store.close();

        assertThatThrownBy(store::epochs)
                .isInstanceOf(SnapshotStoreException.class)
                .hasMessage(path + " is closed");
    }

    @Test
    void theFileOfAStoppedDeviceIsReadWithoutATrace() throws IOException {
        RecordedEpoch epoch = epoch("a", NOON);
        RecordedEpoch other = epoch("b", minutes(10));
        store.write(List.of(epoch.begun(), epoch.taken(minutes(1), Tier.LONG), epoch.ended(Epoch.Ending.STOP)));
        try (SnapshotStore phone = open(LIBRARY, OTHER_DEVICE)) {
            phone.write(List.of(other.begun()));
        }
        store.close();
        Map<String, Long> before = files(directory);

        assertThat(MetricsDatabase.sources(path)).containsExactly(new Source(LIBRARY, OTHER_DEVICE), SOURCE);
        store = MetricsDatabase.openOffline(path, SOURCE);

        assertThat(store.resume().epochs()).containsExactly(epoch.over(Epoch.Ending.STOP));
        assertThat(store.last("a").map(Seen::of)).contains(Seen.of(epoch.last()));
        assertThatThrownBy(() -> store.write(List.of(epoch.begun())))
                .isInstanceOf(SnapshotStoreException.class)
                .hasMessage(path + " was opened for reading only");
        store.close();
        assertThat(files(directory)).isEqualTo(before);
    }

    @Test
    void theFileOfADeviceThatCrashedIsReadUpToWhatWasCommitted() throws IOException {
        RecordedEpoch epoch = epoch("a", NOON);
        store.write(List.of(epoch.begun(), epoch.taken(minutes(1), Tier.LONG), epoch.takenAfter(1, 0, 0, minutes(2))));
        Path crashed = Files.createDirectory(directory.resolve("crashed")).resolve("metrics.db");
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.copy(Path.of(path + suffix), Path.of(crashed + suffix));
        }
        byte[] before = Files.readAllBytes(crashed);

        try (SnapshotStore offline = MetricsDatabase.openOffline(crashed, SOURCE)) {
            assertThat(offline.resume().epochs()).containsExactly(epoch.over(Epoch.Ending.CRASH));
            assertThat(offline.epochs()).containsExactly(epoch.open());
            assertThat(offline.newest(minutes(9), null).map(SeenMark::of)).isEqualTo(mark(epoch, epoch.last()));
            assertThat(offline.transitions(new Mark(epoch.open(), null), new Mark(epoch.open(), epoch.last()), 9))
                    .hasSize(1);
        }
        assertThat(crashed).hasBinaryContent(before);
    }

    @Test
    void whatIsNoFileOfAStoppedDeviceIsNotMade() throws SQLException {
        assertThatThrownBy(() -> MetricsDatabase.sources(path))
                .isInstanceOf(SnapshotStoreException.class)
                .hasMessage(path + ": there is no such file");
        assertThat(path).doesNotExist();

        writeVersionOne();
        assertThatThrownBy(() -> MetricsDatabase.openOffline(path, SOURCE).epochs())
                .isInstanceOf(SnapshotStoreException.class)
                .hasMessage(path + " has schema version 1, this program reads 3;"
                        + " start its device once, which brings it up to date");
    }

    private static Map<String, Long> files(Path directory) throws IOException {
        Map<String, Long> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path file : entries.toList()) {
                files.put(
                        file.getFileName().toString(),
                        Files.getLastModifiedTime(file).toMillis());
            }
        }
        return files;
    }

    private void assertFailing(String message) {
        RecordedEpoch epoch = epoch("a", NOON);
        for (Runnable call : List.<Runnable>of(
                store::resume, () -> store.write(List.of(epoch.begun())), store::epochs, store::count)) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(SnapshotStoreException.class)
                    .hasMessageStartingWith(message)
                    .message()
                    .doesNotContain("\n");
        }
    }

    private void assertWorking() {
        RecordedEpoch epoch = epoch("a", NOON);
        store.write(List.of(epoch.begun(), epoch.taken(minutes(1), Tier.LONG)));
        assertThat(newest(minutes(1))).isEqualTo(mark(epoch, epoch.last()));
    }
}
