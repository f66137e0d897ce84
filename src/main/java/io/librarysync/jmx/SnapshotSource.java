package io.librarysync.jmx;

import io.librarysync.metrics.SyncMetrics;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where beans take their numbers from: a new snapshot for each read, or one for all reads that a thread makes inside
 * {@link #inOneSnapshot}, so that several beans read together agree number for number.
 */
final class SnapshotSource {
    private final SyncMetrics metrics;

    @SuppressWarnings("ThreadLocalUsage") // one per device: two of them in a process must not mix
    private final ThreadLocal<@Nullable SyncMetricsSnapshot> shared = new ThreadLocal<>();

    SnapshotSource(SyncMetrics metrics) {
        this.metrics = metrics;
    }

    /** Runs {@code reads} with one snapshot, taken now, behind all beans; inside another call, with that one's. */
    <T> T inOneSnapshot(Supplier<T> reads) {
        if (shared.get() != null) {
            return reads.get();
        }
        shared.set(metrics.snapshot());
        try {
            return reads.get();
        } finally {
            shared.remove();
        }
    }

    SyncMetricsSnapshot current() {
        SyncMetricsSnapshot snapshot = shared.get();
        return snapshot != null ? snapshot : metrics.snapshot();
    }
}
