package io.librarysync.testing;

import io.librarysync.domain.SyncClock;
import java.time.Duration;
import java.time.Instant;

/** Time that stands still until it is advanced; safe to read from any thread. */
public final class ManualClock implements SyncClock {

    private static final long START_MILLIS =
            Instant.parse("2026-02-03T11:00:00Z").toEpochMilli();

    private volatile long nanos;
    private volatile long wallOffsetMillis;

    /** Moves both clocks forward. */
    public void advance(Duration by) {
        advanceTo(nanos + by.toNanos());
    }

    /** Lets the wall clock alone jump, as when somebody sets it. */
    public void setWallOffset(Duration offset) {
        wallOffsetMillis = offset.toMillis();
    }

    Duration wallOffset() {
        return Duration.ofMillis(wallOffsetMillis);
    }

    void advanceTo(long targetNanos) {
        nanos = Math.max(nanos, targetNanos);
    }

    @Override
    public long millis() {
        return START_MILLIS + wallOffsetMillis + nanos / 1_000_000;
    }

    @Override
    public long nanos() {
        return nanos;
    }
}
