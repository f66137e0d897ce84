package io.librarysync.testing;

import io.librarysync.engine.LibraryStore.StatementTimer;
import java.time.Duration;

/** A disk on which each statement takes as long as it is told. */
final class SlowDisk implements StatementTimer {
    private final StatementTimer timer;
    private final ManualClock clock;
    private Duration delay = Duration.ZERO;

    SlowDisk(StatementTimer timer, ManualClock clock) {
        this.timer = timer;
        this.clock = clock;
    }

    void setDelay(Duration statement) {
        delay = statement;
    }

    @Override
    public long started() {
        return timer.started();
    }

    @Override
    public void ended(long started) {
        clock.advance(delay);
        timer.ended(started);
    }
}
