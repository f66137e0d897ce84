package io.librarysync.jmx;

import io.librarysync.domain.SyncClock;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that serves the attributes of one bean read shortly after each other: clients ask for them one by one, and a
 * filtered snapshot costs more than a number.
 */
final class Held {
    private static final long TOGETHER = Duration.ofMillis(100).toNanos();

    private final SyncClock clock;
    private final Supplier<SyncMetricsSnapshot> take;
    private volatile @Nullable Taken last;

    private record Taken(SyncMetricsSnapshot snapshot, long nanos) {}

    Held(SyncClock clock, Supplier<SyncMetricsSnapshot> take) {
        this.clock = clock;
        this.take = take;
    }

    SyncMetricsSnapshot get() {
        Taken known = last;
        long now = clock.nanos();
        if (known == null || now - known.nanos() > TOGETHER) {
            known = new Taken(take.get(), now);
            last = known;
        }
        return known.snapshot();
    }
}
