package io.librarysync.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.ConflictOutcome;
import io.librarysync.domain.DeferReason;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.MessageType;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RejectReason;
import io.librarysync.domain.Route;
import io.librarysync.domain.Session;
import io.librarysync.domain.SessionKind;
import io.librarysync.domain.SyncState;
import io.librarysync.instrument.Frame;
import io.librarysync.instrument.SeriesCatalogue;
import io.librarysync.record.SyncLevels;
import io.librarysync.record.SyncRecorder;
import io.librarysync.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What was written down says the same as what was read live. */
class StretchTest {
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final ModelType TAG = ModelType.shared("tag");
    private static final DeviceId DESKTOP = DeviceId.parse("e20b5f31-0000-4000-8000-000000000001");
    private static final DeviceId PHONE = DeviceId.parse("7d1c09aa-0000-4000-8000-000000000002");
    private static final Member LIBRARY = new Member("library", "My Library");
    private static final Member SELF = new Member("00000000-0000-4000-8000-000000000003", "MacBook");

    private final ManualClock clock = new ManualClock();
    private final SyncMetrics metrics = new SyncMetrics(LIBRARY, SELF, clock, List.of(ENTRY, TAG), true);
    private final SampleWriter writer = metrics.sampleWriter(new SeriesCatalogue());
    private final Random random = new Random(3);

    @Test
    void aSampleSaysWhatTheCaptureSaidInEveryMetricUnderEveryFilter() {
        metrics.readLevelsFrom(StretchTest::levels);
        for (int round = 0; round < 20; round++) {
            work();
            Capture live = metrics.capture();
            MetricsSample sample = writer.write(live);
            Capture restored = wholeOf(sample).capture(LIBRARY, SELF);
            for (SnapshotFilter filter : filters()) {
                assertThat(restored.snapshot(filter)).as("%s", filter).isEqualTo(live.snapshot(filter));
            }
            assertThat(restored.partners()).isEqualTo(live.partners());
        }
    }

    @Test
    void twoAdjoiningStretchesAreTheWholeInEveryMetricThatAddsUp() {
        work();
        MetricsSample first = writer.write(metrics.capture());
        work();
        MetricsSample second = writer.write(metrics.capture());
        Frame later = second.frame().minus(first.frame());
        SyncMetricsSnapshot sum = snapshot(second, first.frame().plus(later)).snapshot();
        SyncMetricsSnapshot whole = wholeOf(second).capture(LIBRARY, SELF).snapshot();
        assertThat(sum.operations().getReceivedByRoute())
                .isEqualTo(whole.operations().getReceivedByRoute());
        assertThat(sum.state().getTotalTimeInState()).isEqualTo(whole.state().getTotalTimeInState());
        assertThat(sum.dataVolume().getEntriesByDevice())
                .isEqualTo(whole.dataVolume().getEntriesByDevice());
        assertThat(sum.errors().getErrorsByCause()).isEqualTo(whole.errors().getErrorsByCause());
        assertThat(sum.performance().getApplyLatency().count())
                .isEqualTo(whole.performance().getApplyLatency().count());
    }

    @Test
    void whileMetricsAreOffTheStateIsThatOfTheEngineAndNothingElseIsTold() {
        work();
        metrics.disable(EpochKeeper.NONE);
        metrics.readLevelsFrom(StretchTest::levels);
        clock.advance(Duration.ofMinutes(1));
        SyncMetricsSnapshot off = metrics.snapshot();
        assertThat(off.enabled()).isFalse();
        assertThat(off.state().getCurrentState()).isEqualTo("CatchingUp");
        assertThat(off.state().getTotalTimeInState()).isEmpty();
        assertThat(off.state().getStateEnteredEpochMillis()).isEqualTo(-1);
        assertThat(off.operations().getChangesReceived()).isZero();
        assertThat(off.errors().getTotalErrors()).isZero();
    }

    private static Stretch wholeOf(MetricsSample sample) {
        return new Stretch(
                sample.epoch(),
                new SnapshotWindow(
                        sample.epoch().startedAt(), sample.timestamp(), SnapshotWindow.Span.EPOCH, List.of()),
                sample.frame(),
                sample.frame(),
                sample.history(),
                sample.recentErrors());
    }

    private static Capture snapshot(MetricsSample end, Frame counted) {
        return new Stretch(
                        end.epoch(),
                        new SnapshotWindow(
                                end.epoch().startedAt(), end.timestamp(), SnapshotWindow.Span.EPOCH, List.of()),
                        counted,
                        end.frame(),
                        end.history(),
                        end.recentErrors())
                .capture(LIBRARY, SELF);
    }

    private static List<SnapshotFilter> filters() {
        return List.of(
                SnapshotFilter.NONE,
                SnapshotFilter.ofPeer(DESKTOP.toString()),
                SnapshotFilter.ofPeer(SELF.id()),
                SnapshotFilter.ofModel("entry"),
                new SnapshotFilter(PHONE.toString(), "tag", SnapshotFilter.NONE.categories()));
    }

    /** Some of everything that can be recorded. */
    private void work() {
        SyncRecorder recorder = metrics.recorder();
        recorder.peerKnown(DESKTOP, "Desktop");
        for (DeviceId peer : List.of(DESKTOP, PHONE)) {
            for (ModelType model : List.of(ENTRY, TAG)) {
                int changes = random.nextInt(1, 100);
                ModelTally tally = ModelTally.of(model, changes);
                recorder.frameReceived(peer, MessageType.STATE_BATCH, changes * 40);
                recorder.changesReceived(peer, Route.LIVE, tally);
                for (int i = 0; i < changes - 1; i++) {
                    recorder.changeApplied(peer, model, random.nextInt(5_000_000), clock.millis(), clock.millis());
                }
                recorder.changeRejected(peer, model, RejectReason.VALIDATION, new Fault("bad name", "a bad name"));
                recorder.conflictSettled(peer, model, ConflictOutcome.KEPT_LOCAL);
                recorder.changesCommitted(tally, new Hlc(clock.millis(), 3, DeviceId.parse(SELF.id())));
                recorder.batchDispatched(tally, clock.millis());
                recorder.batchAddressed(peer, tally, clock.millis());
                recorder.batchDelivered(peer, tally);
                recorder.changesDeferred(DeferReason.NO_PEER, tally);
            }
            recorder.stampApplied(peer, new Hlc(clock.millis() + 5, 1, peer));
            recorder.heartbeatAnswered(peer, random.nextInt(9_000_000));
            Session session = new Session(UUID.randomUUID(), SessionKind.CATCH_UP);
            recorder.sessionOpened(peer, session, clock.millis());
            clock.advance(Duration.ofMillis(random.nextInt(1, 5_000)));
            recorder.sessionClosed(peer, session, null, 4_000_000, clock.millis());
        }
        recorder.stampMerged(PHONE, -12, random.nextInt(40));
        recorder.stateChanged(SyncState.UNINITIALIZED, SyncState.BACKFILLING, "peer connected");
        clock.advance(Duration.ofNanos(random.nextInt(2_000_000_000)));
        recorder.stateChanged(SyncState.BACKFILLING, SyncState.CATCHING_UP, "backfill complete");
        clock.advance(Duration.ofNanos(random.nextInt(2_000_000_000)));
        recorder.stateChanged(SyncState.CATCHING_UP, SyncState.READY, "caught up");
        recorder.queryRun(40_000);
    }

    private static SyncLevels levels() {
        return new SyncLevels(
                SyncState.CATCHING_UP,
                40,
                PHONE,
                Map.of(ENTRY, 3L),
                1_000L,
                250,
                List.of(
                        new SyncLevels.Link(
                                DESKTOP,
                                "Desktop",
                                true,
                                true,
                                SyncState.READY,
                                true,
                                1,
                                2,
                                Map.of(ENTRY, 4L),
                                Map.of(TAG, 5L),
                                Map.of(ENTRY, 6L),
                                4.125,
                                145L),
                        new SyncLevels.Link(
                                PHONE,
                                "Phone|\\",
                                false,
                                false,
                                null,
                                false,
                                0,
                                0,
                                Map.of(),
                                Map.of(),
                                Map.of(),
                                null,
                                null)));
    }
}
