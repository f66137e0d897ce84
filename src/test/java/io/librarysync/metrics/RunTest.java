package io.librarysync.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.domain.SyncState;
import io.librarysync.record.SyncRecorder;
import io.librarysync.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run goes on over its epochs. */
class RunTest {
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final DeviceId DESKTOP = DeviceId.parse("e20b5f31-0000-4000-8000-000000000001");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock();
    private final SyncMetrics metrics = new SyncMetrics(
            new Member("library", "My Library"), new Member("self", "Self"), clock, List.of(ENTRY), true);
    private final SyncRecorder recorder = metrics.recorder();

    @Test
    void aRunThatWasNeverResetIsItsEpoch() {
        work(7, 40_000);

        assertThat(metrics.captureRun().snapshot().groups())
                .isEqualTo(metrics.capture().snapshot().groups());
    }

    @Test
    void aResetTakesNothingFromTheRun() {
        work(7, 40_000);
        SyncMetricsSnapshot before = metrics.captureRun().snapshot();
        metrics.reset(EpochKeeper.NONE);

        assertThat(metrics.snapshot().operations().getChangesApplied()).isZero();
        SyncMetricsSnapshot after = metrics.captureRun().snapshot();
        for (Category category : List.of(Category.OPERATIONS, Category.DATA_VOLUME, Category.PERFORMANCE)) {
            assertThat(after.group(category)).isEqualTo(before.group(category));
        }
        assertThat(after.state().getTotalTimeInState()).isEqualTo(before.state().getTotalTimeInState());
        assertThat(after.state().getTransitionCount()).isEqualTo(before.state().getTransitionCount());
    }

    @Test
    void theEpochsOfARunAddUpToIt() {
        work(7, 40_000);
        metrics.reset(EpochKeeper.NONE);
        work(2, 90_000);
        metrics.reset(EpochKeeper.NONE);
        work(5, 10_000);

        SyncMetricsSnapshot run = metrics.captureRun().snapshot();
        assertThat(run.operations().getChangesReceived()).isEqualTo(3);
        assertThat(run.performance().getApplyLatency().count()).isEqualTo(3);
        assertThat(run.performance().getApplyLatency().min()).isEqualTo(0.01);
        assertThat(run.performance().getApplyLatency().max()).isEqualTo(0.09);
        assertThat(run.performance().getHlcCounterMax()).isEqualTo(7);
        assertThat(run.state().getTotalTimeInState()).isEqualTo(Map.of("Uninitialized", 3_000L, "Ready", 3_000L));
        assertThat(run.state().getTransitionCount())
                .isEqualTo(Map.of("Uninitialized->Ready", 3L, "Ready->Uninitialized", 3L));
        assertThat(metrics.snapshot().performance().getHlcCounterMax()).isEqualTo(5);
    }

    @Test
    void whileRecordingIsOffTheRunStandsStillAndThenGoesOn() {
        work(7, 40_000);
        metrics.disable(EpochKeeper.NONE);
        work(9, 40_000);

        assertThat(metrics.captureRun().snapshot().enabled()).isFalse();
        assertThat(metrics.captureRun().snapshot().operations().getChangesApplied())
                .isEqualTo(1);

        metrics.enable(EpochKeeper.NONE);
        work(3, 40_000);

        SyncMetricsSnapshot run = metrics.captureRun().snapshot();
        assertThat(run.operations().getChangesApplied()).isEqualTo(2);
        assertThat(run.performance().getHlcCounterMax()).isEqualTo(7);
        assertThat(run.state().getTotalTimeInState()).isEqualTo(Map.of("Uninitialized", 2_000L, "Ready", 2_000L));
    }

    @Test
    void aResetThatFailsLeavesTheRunAsItWas() {
        work(7, 40_000);
        EpochKeeper failing = (closing, next) -> {
            throw new IllegalStateException("disk full");
        };

        assertThatThrownBy(() -> metrics.reset(failing)).hasMessage("disk full");

        assertThat(metrics.captureRun().snapshot().groups())
                .isEqualTo(metrics.capture().snapshot().groups());
    }

    @Test
    void countersAreSplitByWhomeverTheyAreAttributedTo() {
        work(7, 40_000);
        recorder.databaseFailed(null, ENTRY, new Fault("busy", "locked"));

        assertThat(parts("ChangesApplied"))
                .containsExactly(Map.of(List.of(DESKTOP.toString()), 1L), Map.of(List.of("entry"), 1L));
        assertThat(parts("ReceivedByRoute"))
                .containsExactly(Map.of(List.of(DESKTOP.toString(), "live"), 1L), Map.of(List.of("entry", "live"), 1L));
        assertThat(parts("DatabaseErrors")).containsExactly(Map.of(), Map.of(List.of("entry"), 1L));
    }

    private List<Map<List<String>, Long>> parts(String attribute) {
        return metrics.captureRun().parts().stream()
                .filter(parts -> parts.metric().attribute().equals(attribute))
                .map(parts -> parts.values())
                .toList();
    }

    /** A second in each of two states; one change comes in. */
    private void work(long stampCounter, long nanos) {
        clock.advance(SECOND);
        recorder.stateChanged(SyncState.UNINITIALIZED, SyncState.READY, "first member");
        recorder.changesReceived(DESKTOP, Route.LIVE, ModelTally.of(ENTRY, 1));
        recorder.changeApplied(DESKTOP, ENTRY, nanos, clock.millis(), clock.millis());
        recorder.clockTicked(stampCounter);
        clock.advance(SECOND);
        recorder.stateChanged(SyncState.READY, SyncState.UNINITIALIZED, "alone");
    }
}
