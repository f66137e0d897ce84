package io.librarysync.store;

import io.librarysync.history.Retention;
import java.time.Duration;
import java.time.Instant;

/**
 * Drops from the history of one source what is too old, inside one transaction. The newest baseline at or before each limit
 * stays, and so does whatever a sample that stays is the difference to.
 */
final class MetricsPruning {
    private static final String EPOCHS = "SELECT id FROM metrics_epochs WHERE source = ? ORDER BY id";

    /** Binds the source, a limit, the source and the limit: the newest epoch that all of the time since then is covered from. */
    private static final String FIRST_NEEDED_EPOCH =
            "SELECT max(id) FROM metrics_epochs WHERE source = ? AND started_at <= ?"
                    + " AND id <= (SELECT coalesce(min(id), " + Long.MAX_VALUE + ") FROM metrics_epochs"
                    + " WHERE source = ? AND (ended_at IS NULL OR ended_at > ?))";

    private static final String BASELINE =
            "SELECT max(number) FROM metrics_samples WHERE epoch = ? AND tier <= ? AND taken_at <= ?";

    /** Binds an epoch, a tier, a number, the epoch, the number and the epoch. */
    private static final String OLDER_SAMPLES =
            "DELETE FROM metrics_samples WHERE epoch = ? AND tier = ? AND number < ?"
                    + " AND number NOT IN (WITH RECURSIVE needed(number) AS ("
                    + "SELECT base FROM metrics_samples WHERE epoch = ? AND number >= ? AND base IS NOT NULL"
                    + " UNION SELECT s.base FROM needed n JOIN metrics_samples s ON s.number = n.number"
                    + " WHERE s.epoch = ? AND s.base IS NOT NULL) SELECT number FROM needed)";

    private static final String OLDER_SNAPSHOTS =
            "DELETE FROM sync_metrics_snapshots WHERE library_id = ? AND timestamp < ?"
                    + " AND id IN (SELECT o.id FROM metrics_snapshot_origins o WHERE o.source = ? AND NOT EXISTS"
                    + " (SELECT 1 FROM metrics_samples s WHERE s.epoch = o.epoch AND s.number = o.number AND s.tier = "
                    + TierCode.LONG + "))"
                    + " AND id < (SELECT max(id) FROM sync_metrics_snapshots)"; // so that no id is given twice

    private static final String UNUSED_CATALOGUES = "DELETE FROM metrics_catalogues WHERE source = ?"
            + " AND id < (SELECT max(id) FROM metrics_catalogues WHERE source = ?)"
            + " AND NOT EXISTS (SELECT 1 FROM metrics_epochs e WHERE e.catalogue = metrics_catalogues.id)";

    private final Database database;
    private final long source;
    private final String library;

    MetricsPruning(Database database, long source, String library) {
        this.database = database;
        this.source = source;
        this.library = library;
    }

    void prune(Instant now, Retention retention) {
        long lasting = before(now, retention.lasting());
        dropEpochs(lasting);
        for (long epoch : database.list(EPOCHS, row -> row.number(1), source)) {
            dropSamples(epoch, TierCode.SHORT, TierCode.MEDIUM, before(now, retention.all()));
            dropSamples(epoch, TierCode.MEDIUM, TierCode.LONG, before(now, retention.medium()));
            dropSamples(epoch, TierCode.LONG, TierCode.LONG, lasting);
        }
        dropEvents("metrics_transitions", lasting);
        dropEvents("metrics_errors", lasting);
        database.update(OLDER_SNAPSHOTS, library, database.dialect().instant(now.minus(retention.medium())), source);
        database.update(UNUSED_CATALOGUES, source, source);
    }

    private static long before(Instant now, Duration age) {
        return now.minus(age).toEpochMilli();
    }

    private void dropEpochs(long limit) {
        long firstNeeded = database.number(FIRST_NEEDED_EPOCH, source, limit, source, limit);
        database.update("DELETE FROM metrics_epochs WHERE source = ? AND id < ?", source, firstNeeded);
    }

    /** Drops samples of one tier before the newest one at or before the limit that lasts at least as long as {@code baselines}. */
    private void dropSamples(long epoch, int tier, int baselines, long limit) {
        long baseline = database.number(BASELINE, epoch, baselines, limit);
        if (baseline > 0) {
            database.update(OLDER_SAMPLES, epoch, tier, baseline, epoch, baseline, epoch);
        }
    }

    private void dropEvents(String table, long limit) {
        database.update(
                "DELETE FROM " + table + " WHERE at <= ? AND epoch IN (SELECT id FROM metrics_epochs WHERE source = ?)",
                limit,
                source);
    }
}
