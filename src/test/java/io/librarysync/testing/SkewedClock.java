package io.librarysync.testing;

import io.librarysync.domain.SyncClock;
import java.time.Duration;

/** The clock of one device: its wall time is off by as much as it is told, its durations are right. */
final class SkewedClock implements SyncClock {
    private final SyncClock right;
    private Duration skew = Duration.ZERO;

    SkewedClock(SyncClock right) {
        this.right = right;
    }

    void setSkew(Duration ahead) {
        skew = ahead;
    }

    @Override
    public long millis() {
        return right.millis() + skew.toMillis();
    }

    @Override
    public long nanos() {
        return right.nanos();
    }
}
