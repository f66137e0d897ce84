package io.librarysync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.metrics.EpochKeeper;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecorderTimerTest {
    private final ManualClock clock = new ManualClock();
    private final SyncMetrics metrics =
            new SyncMetrics(new Member("library", "Library"), new Member("self", "Self"), clock, List.of(), true);
    private final RecorderTimer timer = new RecorderTimer(metrics.recorder());

    @Test
    void aStatementIsTimedFromItsStartToItsEnd() {
        long started = timer.started();
        clock.advance(Duration.ofMillis(3));
        timer.ended(started);

        assertThat(metrics.snapshot().performance().getDbQueryDuration().max()).isEqualTo(3.0);
    }

    @Test
    void aStatementDuringWhichRecordingIsSwitchedIsNotRecorded() {
        clock.advance(Duration.ofHours(1));
        metrics.disable(EpochKeeper.NONE);
        long whileOff = timer.started();
        metrics.enable(EpochKeeper.NONE);
        timer.ended(whileOff);
        long whileOn = timer.started();
        metrics.disable(EpochKeeper.NONE);
        timer.ended(whileOn);
        metrics.enable(EpochKeeper.NONE);

        assertThat(metrics.snapshot().performance().getDbQueryCount()).isZero();
    }
}
