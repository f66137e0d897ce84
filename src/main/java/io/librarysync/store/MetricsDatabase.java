package io.librarysync.store;

import io.librarysync.domain.LibraryId;
import io.librarysync.engine.StoreException;
import io.librarysync.history.Epoch;
import io.librarysync.history.SnapshotStore;
import io.librarysync.history.SnapshotStoreException;
import io.librarysync.history.StoredSnapshot;
import io.librarysync.metrics.EpochInfo;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * Snapshots and epochs in {@code metrics.db}. Instants are ISO-8601 text in UTC with milliseconds, so that they sort as
 * text.
 */
public final class MetricsDatabase implements SnapshotStore {
    private static final DateTimeFormatter INSTANT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
    private static final String SNAPSHOT =
            "SELECT id, library_id, timestamp, snapshot_json FROM sync_metrics_snapshots ";
    private static final String LATEST = " WHERE library_id = ? ORDER BY timestamp DESC, id DESC LIMIT 1";

    private final Database database;

    private MetricsDatabase(Database database) {
        this.database = database;
    }

    /**
     * Opens or creates the file. One that cannot be used gives a store that is empty and says why, because sync goes on
     * without it.
     */
    public static SnapshotStore open(Path path) {
        try {
            DatabaseFile file = new DatabaseFile(path, Schema.METRICS, SynchronousMode.NORMAL);
            return new MetricsDatabase(file.open(Untimed.INSTANCE));
        } catch (UnusableDataException e) {
            return SnapshotStore.unavailable(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public long append(LibraryId library, Instant timestamp, String json) {
        return guarded(() -> insert(library, timestamp, json));
    }

    private long insert(LibraryId library, Instant timestamp, String json) {
        return database.number(
                "INSERT INTO sync_metrics_snapshots (library_id, timestamp, snapshot_json) VALUES (?, ?, ?) RETURNING id",
                library,
                text(timestamp),
                json);
    }

    @Override
    public Optional<StoredSnapshot> find(long id) {
        return guarded(() -> database.first(SNAPSHOT + "WHERE id = ?", MetricsDatabase::snapshot, id));
    }

    @Override
    public Optional<StoredSnapshot> latest(LibraryId library) {
        return guarded(() -> database.first(SNAPSHOT + LATEST, MetricsDatabase::snapshot, library));
    }

    @Override
    public Optional<Instant> lastTimestamp(LibraryId library) {
        return guarded(() -> database.first(
                "SELECT timestamp FROM sync_metrics_snapshots" + LATEST, row -> instant(row, 1), library));
    }

    @Override
    public long count(LibraryId library) {
        return guarded(
                () -> database.number("SELECT count(*) FROM sync_metrics_snapshots WHERE library_id = ?", library));
    }

    @Override
    public void openEpoch(Epoch epoch) {
        guarded(() -> insert(epoch));
    }

    private int insert(Epoch epoch) {
        EpochInfo info = epoch.info();
        return database.update(
                "INSERT INTO metrics_epochs (id, library_id, run_id, device_id, started_at, opened_by)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                info.id(),
                epoch.library(),
                epoch.run(),
                epoch.device(),
                text(info.startedAt()),
                info.openedBy());
    }

    @Override
    public void closeEpoch(Epoch ended) {
        guarded(() -> end(ended));
    }

    private int end(Epoch ended) {
        int rows = database.update(
                "UPDATE metrics_epochs SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL",
                text(endOf(ended)),
                endingOf(ended).label(),
                ended.id());
        if (rows == 0) {
            throw new IllegalArgumentException("epoch " + ended.id() + " is not open");
        }
        return rows;
    }

    @Override
    public long turnEpoch(Epoch ended, Epoch next, String json) {
        return guarded(() -> database.write(() -> {
            end(ended);
            insert(next);
            return insert(ended.library(), endOf(ended), json);
        }));
    }

    private static Instant endOf(Epoch ended) {
        return Objects.requireNonNull(ended.endedAt(), "the epoch has no end");
    }

    private static Epoch.Ending endingOf(Epoch ended) {
        return Objects.requireNonNull(ended.endedBy(), "the epoch has no end");
    }

    @Override
    public int closeCrashedEpochs(LibraryId library) {
        return guarded(() -> database.update(
                "UPDATE metrics_epochs SET ended_by = ?, ended_at = max(started_at, coalesce("
                        + "(SELECT max(timestamp) FROM sync_metrics_snapshots s WHERE s.library_id = metrics_epochs.library_id),"
                        + " started_at)) WHERE library_id = ? AND ended_at IS NULL",
                Epoch.Ending.CRASH.label(),
                library));
    }

    @Override
    public List<Epoch> epochs(LibraryId library) {
        return guarded(() -> database.list(
                "SELECT id, library_id, run_id, device_id, started_at, opened_by, ended_at, ended_by FROM metrics_epochs"
                        + " WHERE library_id = ? ORDER BY started_at, rowid",
                MetricsDatabase::epoch,
                library));
    }

    @Override
    public synchronized void close() {
        database.close();
    }

    private synchronized <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (StoreException | DateTimeException e) {
            throw new SnapshotStoreException("metrics.db failed: " + e.getMessage(), e);
        }
    }

    private static StoredSnapshot snapshot(Row row) throws SQLException {
        return new StoredSnapshot(row.number(1), LibraryId.parse(row.text(2)), instant(row, 3), row.text(4));
    }

    private static Epoch epoch(Row row) throws SQLException {
        EpochInfo info = new EpochInfo(row.text(1), instant(row, 5), row.text(6));
        Epoch open = Epoch.open(info, LibraryId.parse(row.text(2)), row.text(3), row.device(4));
        String endedBy = row.textOrNull(8);
        return endedBy == null ? open : open.ended(instant(row, 7), ending(endedBy));
    }

    private static Epoch.Ending ending(String label) throws SQLException {
        return Row.parsed(label.toUpperCase(Locale.ROOT), Epoch.Ending::valueOf);
    }

    private static Instant instant(Row row, int column) throws SQLException {
        return Instant.parse(row.text(column));
    }

    private static String text(Instant instant) {
        return INSTANT.format(instant);
    }
}
