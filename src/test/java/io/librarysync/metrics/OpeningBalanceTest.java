package io.librarysync.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.domain.SyncState;
import io.librarysync.instrument.SeriesCatalogue;
import io.librarysync.record.SyncLevels;
import io.librarysync.record.SyncRecorder;
import io.librarysync.testing.ManualClock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What came in, with what was open before, is in its outcomes or still open: from whatever moment on one counts. */
class OpeningBalanceTest {
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final ModelType TAG = ModelType.shared("tag");
    private static final DeviceId DESKTOP = DeviceId.parse("e20b5f31-0000-4000-8000-000000000001");
    private static final DeviceId PHONE = DeviceId.parse("7d1c09aa-0000-4000-8000-000000000002");
    private static final Member LIBRARY = new Member("library", "My Library");
    private static final Member SELF = new Member("00000000-0000-4000-8000-000000000003", "MacBook");

    private final ManualClock clock = new ManualClock();
    private final SyncMetrics metrics = new SyncMetrics(LIBRARY, SELF, clock, List.of(ENTRY, TAG), true);
    private final SyncRecorder recorder = metrics.recorder();

    @Test
    void aRunBeginsWithWhatItFinds() {
        metrics.readLevelsFrom(OpeningBalanceTest::busy);
        assertThat(metrics.snapshot().operations().getOpeningBalance())
                .isEqualTo(Map.of(
                        "changes_received", 11L,
                        "local_changes_committed", 3L,
                        "changes_addressed", 4L,
                        "retry_enqueued", 2L,
                        "sessions_started", 1L));
    }

    @Test
    void aFilterSelectsItsPartAndLeavesOutWhatItCannotSplit() {
        metrics.readLevelsFrom(OpeningBalanceTest::busy);
        assertThat(opening(SnapshotFilter.ofModel("entry")))
                .isEqualTo(Map.of("changes_received", 6L, "local_changes_committed", 3L, "changes_addressed", 4L));
        assertThat(opening(SnapshotFilter.ofPeer(DESKTOP.toString())))
                .isEqualTo(Map.of(
                        "changes_received",
                        11L,
                        "changes_addressed",
                        4L,
                        "retry_enqueued",
                        2L,
                        "sessions_started",
                        1L));
        assertThat(opening(SnapshotFilter.ofPeer(PHONE.toString()))).isEmpty();
    }

    @Test
    void nothingIsOpenWhereNothingWasFound() {
        recorder.changesReceived(DESKTOP, Route.LIVE, ModelTally.of(ENTRY, 5));
        assertThat(metrics.snapshot().operations().getOpeningBalance()).isEmpty();
    }

    @Test
    void aResetInTheMiddleOfAMessageLeavesItsRestToTheNextEpoch() {
        receive(10);
        apply(4);
        metrics.reset(EpochKeeper.NONE);
        assertThat(metrics.snapshot().operations().getOpeningBalance()).isEqualTo(Map.of("changes_received", 6L));
        apply(1);
        metrics.reset(EpochKeeper.NONE);
        assertThat(metrics.snapshot().operations().getOpeningBalance()).isEqualTo(Map.of("changes_received", 5L));
        apply(5);
        OperationMetricsMXBean done = metrics.snapshot().operations();
        assertThat(done.getChangesReceived() + done.getOpeningBalance().getOrDefault("changes_received", 0L))
                .isEqualTo(done.getChangesApplied());
        metrics.reset(EpochKeeper.NONE);
        assertThat(metrics.snapshot().operations().getOpeningBalance()).isEmpty();
    }

    @Test
    void aBroadcastInFlightAtAResetIsOpen() {
        recorder.changesCommitted(ModelTally.of(ENTRY, 2), null);
        recorder.batchDispatched(ModelTally.of(ENTRY, 2), clock.millis());
        metrics.reset(EpochKeeper.NONE);
        assertThat(metrics.snapshot().operations().getOpeningBalance()).isEqualTo(Map.of("broadcast_batches_sent", 1L));
    }

    @Test
    void aClosingSnapshotKeepsTheOpeningBalanceOfItsOwnEpoch() {
        receive(3);
        metrics.reset(EpochKeeper.NONE);
        apply(3);
        assertThat(metrics.reset(EpochKeeper.NONE).operations().getOpeningBalance())
                .isEqualTo(Map.of("changes_received", 3L));
    }

    @Test
    void switchedOnAgainItBeginsWithWhatItFindsThen() {
        receive(10);
        metrics.disable(EpochKeeper.NONE);
        assertThat(metrics.snapshot().operations().getOpeningBalance()).isEmpty();
        metrics.readLevelsFrom(OpeningBalanceTest::busy);
        metrics.enable(EpochKeeper.NONE);
        assertThat(metrics.snapshot().operations().getOpeningBalance()).containsEntry("changes_received", 11L);
    }

    @Test
    void aWindowBeginsWithWhatWasOpenAtItsBeginWhereverThatIs() {
        SampleWriter writer = metrics.sampleWriter(new SeriesCatalogue());
        Random random = new Random(11);
        long open = 0;
        for (int round = 0; round < 30; round++) {
            open = work(random, open);
            if (random.nextInt(4) == 0) {
                metrics.reset(EpochKeeper.NONE);
            }
            long atBegin = open;
            MetricsSample begin = writer.write(metrics.capture());
            open = work(random, open);
            MetricsSample end = writer.write(metrics.capture());
            OperationMetricsMXBean window = between(begin, end);
            assertThat(window.getOpeningBalance().getOrDefault("changes_received", 0L))
                    .as("round %d", round)
                    .isEqualTo(atBegin);
            assertThat(window.getChangesReceived() + atBegin).isEqualTo(window.getChangesApplied() + open);
        }
    }

    @Test
    void aWindowOverAResetBeginsWithWhatWasOpenAtItsBegin() {
        SampleWriter writer = metrics.sampleWriter(new SeriesCatalogue());
        receive(10);
        MetricsSample begin = writer.write(metrics.capture());
        apply(4);
        MetricsSample closing = writer.write(metrics.capture());
        metrics.reset(EpochKeeper.NONE);
        receive(2);
        MetricsSample end = writer.write(metrics.capture());
        Stretch window = new Stretch(
                end.epoch(),
                window(end),
                closing.frame().minus(begin.frame()).plus(end.frame()),
                end.frame(),
                List.of(),
                List.of());
        assertThat(window.capture(LIBRARY, SELF).snapshot().operations().getOpeningBalance())
                .isEqualTo(Map.of("changes_received", 10L));
    }

    private long work(Random random, long open) {
        int received = random.nextInt(5);
        receive(received);
        int applied = random.nextInt((int) (open + received) + 1);
        apply(applied);
        return open + received - applied;
    }

    private void receive(int changes) {
        recorder.changesReceived(DESKTOP, Route.LIVE, ModelTally.of(ENTRY, changes));
    }

    private void apply(int changes) {
        for (int i = 0; i < changes; i++) {
            recorder.changeApplied(DESKTOP, ENTRY, 1_000, clock.millis(), clock.millis());
        }
    }

    private Map<String, Long> opening(SnapshotFilter filter) {
        return metrics.snapshot(filter).operations().getOpeningBalance();
    }

    private static OperationMetricsMXBean between(MetricsSample begin, MetricsSample end) {
        Stretch window = new Stretch(
                end.epoch(), window(end), end.frame().minus(begin.frame()), end.frame(), List.of(), List.of());
        return window.capture(LIBRARY, SELF).snapshot().operations();
    }

    private static SnapshotWindow window(MetricsSample end) {
        return new SnapshotWindow(end.epoch().startedAt(), end.timestamp(), SnapshotWindow.Span.LAST, List.of());
    }

    private static SyncLevels busy() {
        return new SyncLevels(
                SyncState.CATCHING_UP,
                null,
                null,
                Map.of(ENTRY, 3L),
                1_000L,
                250,
                List.of(new SyncLevels.Link(
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
                        145L)));
    }
}
