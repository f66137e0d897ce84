package io.librarysync.store;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.LibraryId;
import io.librarysync.engine.StoreException;
import io.librarysync.history.Epoch;
import io.librarysync.history.SnapshotStore;
import io.librarysync.history.SnapshotStoreException;
import io.librarysync.history.StoredSnapshot;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
        return database.update(
                "INSERT INTO metrics_epochs (id, library_id, run_id, device_id, started_at, opened_by, ended_at, ended_by)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                epoch.id(),
                epoch.library(),
                epoch.run(),
                epoch.device(),
                text(epoch.startedAt()),
                epoch.openedBy().label(),
                epoch.endedAt() == null ? null : text(epoch.endedAt()),
                epoch.endedBy() == null ? null : epoch.endedBy().label());
    }

    @Override
    public void closeEpoch(UUID epoch, Instant endedAt, Epoch.Ending endedBy) {
        guarded(() -> end(epoch, endedAt, endedBy));
    }

    private int end(UUID epoch, Instant endedAt, Epoch.Ending endedBy) {
        int ended = database.update(
                "UPDATE metrics_epochs SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL",
                text(endedAt),
                endedBy.label(),
                epoch);
        if (ended == 0) {
            throw new IllegalArgumentException("epoch " + epoch + " is not open");
        }
        return ended;
    }

    @Override
    public long turnEpoch(UUID epoch, Epoch next, Instant timestamp, String json) {
        return guarded(() -> database.write(() -> {
            end(epoch, timestamp, Epoch.Ending.RESET);
            insert(next);
            return insert(next.library(), timestamp, json);
        }));
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
        String endedAt = row.textOrNull(7);
        return new Epoch(
                row.uuid(1),
                LibraryId.parse(row.text(2)),
                row.uuid(3),
                new DeviceId(row.uuid(4)),
                instant(row, 5),
                Epoch.Opening.valueOf(constant(row.text(6))),
                endedAt == null ? null : Instant.parse(endedAt),
                ending(row.textOrNull(8)));
    }

    private static Epoch.@Nullable Ending ending(@Nullable String label) {
        return label == null ? null : Epoch.Ending.valueOf(constant(label));
    }

    private static String constant(String label) {
        return label.toUpperCase(Locale.ROOT);
    }

    private static Instant instant(Row row, int column) throws SQLException {
        return Instant.parse(row.text(column));
    }

    private static String text(Instant instant) {
        return INSTANT.format(instant);
    }
}
