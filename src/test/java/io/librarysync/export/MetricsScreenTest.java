package io.librarysync.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.ConflictOutcome;
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
import io.librarysync.history.Trend;
import io.librarysync.metrics.Activity;
import io.librarysync.metrics.Activity.Work;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.EpochKeeper;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.record.SyncLevels;
import io.librarysync.record.SyncRecorder;
import io.librarysync.testing.ManualClock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MetricsScreenTest {
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final ModelType TAG = ModelType.shared("tag");
    private static final DeviceId DESKTOP = DeviceId.parse("e20b5f31-0000-4000-8000-000000000001");
    private static final DeviceId LAPTOP = DeviceId.parse("7d1c09aa-0000-4000-8000-000000000002");
    private static final Member SELF = new Member("11111111-0000-4000-8000-000000000003", "Self");
    private static final Set<Category> ALL = EnumSet.allOf(Category.class);

    private static final Trend TREND = new Trend(
            Duration.ofSeconds(25),
            received(20_000, 1),
            List.of(Activity.NONE, received(1, 0), received(10_000, 0), received(20_000, 1)));

    private final ManualClock clock = new ManualClock();
    private final SyncMetrics metrics =
            new SyncMetrics(new Member("library", "My Library"), SELF, clock, List.of(ENTRY, TAG), true);
    private final SyncRecorder recorder = metrics.recorder();

    @Test
    void aBusyDeviceShowsEverySection() {
        makeBusy();

        assertThat(MetricsScreen.render(metrics.snapshot(), ALL, ScreenStyle.PLAIN))
                .isEqualTo(
                        """
                        Sync Metrics (Library: My Library)
                        ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━

                        State
                          Current: Ready
                          In sync: no (2 awaiting a receipt, 1 in the retry queue, Desktop 145ms behind)
                          Uptime: 2h 34m 12s
                          Last transition: 2h 28m ago (CatchingUp → Ready, caught up)

                          Time in state:
                            ├─ Ready: 2h 28m 53s (96.6%)
                            ├─ Backfilling: 5m 14s (3.4%)
                            └─ Uninitialized: 5s (0.05%)

                        Operations (since start, 2h 34m)
                          Broadcasts:
                            ├─ Total: 3 changes
                            ├─ State changes: 2 (66.7%)
                            ├─ Shared changes: 1 (33.3%)
                            └─ Batches: 2 (avg 1.5 items/batch)

                          Receives:
                            ├─ Changes received: 20,002
                            ├─ Changes applied: 2 (<0.01%)
                            ├─ Changes rejected: 3 (0.01%) – duplicate 2, apply_error 1
                            └─ Buffer queue: 0 items

                          Backfill:
                            ├─ Sessions: 1 completed
                            ├─ Pagination rounds: 1
                            └─ Avg session duration: 5m 14s

                        Data Volume
                          Total synced: 5 records

                          By model:
                            ├─ entry: 3 (60.0%)
                            └─ tag: 2 (40.0%)

                          By device:
                            ├─ Desktop: 2 records (online)
                            ├─ Laptop: 0 records (offline)
                            └─ This device: 3 records

                          Bandwidth:
                            ├─ Sent: 1.2 kB
                            ├─ Received: 999 B
                            └─ Total: 2.2 kB

                        Performance
                          Latency:
                            ├─ Broadcast: avg 45ms, p95 45ms, max 45ms
                            ├─ Apply: avg 2.5ms, p95 4.0ms, max 4.0ms
                            └─ Backfill request: avg 2.1s, p95 2.1s, max 2.1s

                          Sync lag:
                            ├─ Desktop: 145ms (0.1s behind)
                            ├─ Laptop: 0ms (synced)
                            └─ Watermark age: 2.3s

                          HLC:
                            ├─ Physical drift: +12ms
                            └─ Counter max: 3

                        Errors (since start, 2h 34m)
                          Total: 2 errors

                          By type:
                            ├─ Apply: 1 (constraint)
                            └─ Network: 1 (unreachable)

                          Conflicts: 1 (1 by clock, 0 by delete)
                          Retry queue: 1 pending
                          Lost: retry overflow 1
                            └─ retry overflow: the peer pulls them; raise retry_max_messages or retry_max_bytes

                          Recent errors:
                            [13:34:09] Network: Laptop unreachable (StateBatch, 2 changes)
                            [13:34:09] Apply: entry 0f6c from Desktop refused by the database: NOT NULL name
                        """);
    }

    @Test
    void anIdleDeviceShowsNoInventedNumber() {
        assertThat(MetricsScreen.render(
                        metrics.snapshot(), EnumSet.of(Category.OPERATIONS, Category.PERFORMANCE), ScreenStyle.PLAIN))
                .isEqualTo(
                        """
                        Sync Metrics (Library: My Library)
                        ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━

                        Operations (since start, 0s)
                          Broadcasts:
                            ├─ Total: 0 changes
                            ├─ State changes: 0 (–)
                            ├─ Shared changes: 0 (–)
                            └─ Batches: 0 (avg – items/batch)

                          Receives:
                            ├─ Changes received: 0
                            ├─ Changes applied: 0 (–)
                            ├─ Changes rejected: 0 (–)
                            └─ Buffer queue: 0 items

                          Backfill:
                            ├─ Sessions: 0 completed
                            ├─ Pagination rounds: 0
                            └─ Avg session duration: –

                        Performance
                          Latency:
                            ├─ Broadcast: –
                            ├─ Apply: –
                            └─ Backfill request: –

                          Sync lag:
                            └─ Watermark age: –

                          HLC:
                            ├─ Physical drift: –
                            └─ Counter max: –
                        """);
    }

    @Test
    void aFilteredScreenNamesItsFilterAndWhatCouldNotBeSplit() {
        makeBusy();

        assertThat(MetricsScreen.render(
                        metrics.snapshot(SnapshotFilter.ofPeer(DESKTOP.toString())),
                        EnumSet.of(Category.STATE, Category.DATA_VOLUME),
                        ScreenStyle.PLAIN))
                .isEqualTo(
                        """
                        Sync Metrics (Library: My Library)
                        ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
                        Filter: peer Desktop

                        Data Volume
                          Total synced: 5 records

                          By model:
                            ├─ entry: 3 (60.0%)
                            └─ tag: 2 (40.0%)

                          By device:
                            └─ Desktop: 2 records (online)

                          Bandwidth:
                            ├─ Sent: 1.2 kB
                            ├─ Received: 999 B
                            └─ Total: 2.2 kB

                        Not split by peer: state.current_state, state.state_entered_at, state.uptime_ms, \
                        state.time_in_current_state_ms, state.state_history, state.total_time_in_state, \
                        state.transition_count, state.illegal_transitions, state.backfill_progress, \
                        state.backfill_peer, state.in_sync, state.out_of_sync_reason, state.out_of_sync_reasons, \
                        state.stalled_for_ms, data_volume.last_sync_per_model
                        """);
    }

    @Test
    void aResetIsNamedInTheWindow() {
        clock.advance(Duration.ofHours(3));
        metrics.reset(EpochKeeper.NONE);
        clock.advance(Duration.ofSeconds(2465));

        assertThat(MetricsScreen.render(metrics.snapshot(), EnumSet.of(Category.ERRORS), ScreenStyle.PLAIN))
                .contains("Errors (since reset, 41m 5s)\n");
    }

    @Test
    void aTerminalWithoutUnicodeGetsPlainBranches() {
        ScreenStyle ascii = new ScreenStyle(ZoneId.of("UTC"), false, false, 10);

        assertThat(MetricsScreen.render(metrics.snapshot(), EnumSet.of(Category.PERFORMANCE), ascii))
                .isEqualTo(
                        """
                        Sync Metrics (Library: My Library)
                        ===========================================================

                        Performance
                          Latency:
                            +- Broadcast: -
                            +- Apply: -
                            `- Backfill request: -

                          Sync lag:
                            `- Watermark age: -

                          HLC:
                            +- Physical drift: -
                            `- Counter max: -
                        """);
    }

    @Test
    void aTrendStandsBesideTheTotals() {
        recorder.changesReceived(DESKTOP, Route.LIVE, ModelTally.of(ENTRY, 20_000));
        recorder.requestFailed(DESKTOP, new Fault("timeout", "no answer"));

        assertThat(MetricsScreen.render(
                        metrics.snapshot(),
                        EnumSet.of(Category.OPERATIONS, Category.DATA_VOLUME, Category.ERRORS),
                        ScreenStyle.PLAIN,
                        Optional.of(TREND)))
                .isEqualTo(
                        """
                        Sync Metrics (Library: My Library)
                        ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━

                        Operations (since start, 0s)
                          Broadcasts:
                            ├─ Total: 0 changes                       0/s                           ▁▁▁▁
                            ├─ State changes: 0 (–)
                            ├─ Shared changes: 0 (–)
                            └─ Batches: 0 (avg – items/batch)

                          Receives:
                            ├─ Changes received: 20,000             800/s                           ▁▂▅█
                            ├─ Changes applied: 0 (0.0%)              0/s                           ▁▁▁▁
                            ├─ Changes rejected: 0 (0.0%)             0/s                           ▁▁▁▁
                            └─ Buffer queue: 0 items

                          Backfill:
                            ├─ Sessions: 0 completed
                            ├─ Pagination rounds: 0
                            └─ Avg session duration: –

                        Data Volume
                          Total synced: 0 records

                          By device:
                            ├─ e20b5f31-0000-4000-8000-000000000001: 0 records (offline)
                            └─ This device: 0 records

                          Bandwidth:
                            ├─ Sent: 0 B                            0 B/s                           ▁▁▁▁
                            ├─ Received: 0 B                    64.0 kB/s                           ▁▂▅█
                            └─ Total: 0 B

                        Errors (since start, 0s)
                          Total: 1 error                           <0.1/s                           ▁▁▁█

                          By type:
                            └─ Network: 1 (timeout)

                          Conflicts: 0 (0 by clock, 0 by delete)
                          Retry queue: 0 pending
                          Lost: nothing

                          Recent errors:
                            [11:00:00] Network: no answer

                        Rates (last 25s): changes 0/s out, 800/s in; bytes 0 B/s out, 64.0 kB/s in
                        """);
    }

    @Test
    void aTrendCanBePlainToo() {
        ScreenStyle ascii = new ScreenStyle(ZoneId.of("UTC"), true, false, 10);
        recorder.requestFailed(DESKTOP, new Fault("timeout", "no answer"));

        assertThat(MetricsScreen.render(metrics.snapshot(), EnumSet.of(Category.ERRORS), ascii, Optional.of(TREND)))
                .contains("  Total: \u001b[31m1 error\u001b[0m                           <0.1/s"
                        + "                           ___#\n");
    }

    @Test
    void switchedOffItSaysHowToSwitchItOn() {
        metrics.disable(EpochKeeper.NONE);

        assertThat(MetricsScreen.render(metrics.snapshot(), ALL, ScreenStyle.PLAIN))
                .isEqualTo("Metrics are disabled on this device; enable them with: sd sync enable\n");
    }

    @Test
    void namesOfOthersCannotBreakTheScreen() {
        recorder.peerKnown(DESKTOP, "Desk\n\u001b[31mtop\u202e");
        recorder.batchAddressed(DESKTOP, ModelTally.of(ENTRY, 1), clock.millis());
        recorder.changesReceived(DESKTOP, Route.LIVE, ModelTally.of(ENTRY, 1));

        assertThat(MetricsScreen.render(metrics.snapshot(), EnumSet.of(Category.DATA_VOLUME), ScreenStyle.PLAIN))
                .contains("├─ Desk  [31mtop : 0 records (offline)\n");
    }

    @Test
    void beingFarBehindIsADuration() {
        metrics.readLevelsFrom(() -> new SyncLevels(
                SyncState.UNINITIALIZED,
                null,
                null,
                Map.of(),
                null,
                0,
                List.of(link(DESKTOP, "b", true, 290_334, Map.of()))));
        assertThat(MetricsScreen.render(metrics.snapshot(), Set.of(Category.STATE), ScreenStyle.PLAIN))
                .contains("\n  In sync: no (Uninitialized, b 4m 50s behind)\n");
    }

    private static Activity received(long changes, long errors) {
        return new Activity(Map.of(Work.RECEIVED, changes, Work.BYTES_RECEIVED, 80 * changes, Work.ERRORS, errors));
    }

    private void makeBusy() {
        metrics.readLevelsFrom(() -> new SyncLevels(
                SyncState.READY,
                null,
                null,
                Map.of(),
                null,
                0,
                List.of(
                        link(DESKTOP, "Desktop", true, 145, Map.of()),
                        link(LAPTOP, "Laptop", false, 0, Map.of(ENTRY, 2L)))));
        recorder.peerKnown(DESKTOP, "Desktop");
        recorder.peerKnown(LAPTOP, "Laptop");
        clock.advance(Duration.ofSeconds(5));
        recorder.stateChanged(SyncState.UNINITIALIZED, SyncState.BACKFILLING, "peer connected");
        Session session = new Session(UUID.randomUUID(), SessionKind.BACKFILL);
        recorder.sessionOpened(DESKTOP, session, clock.millis());
        clock.advance(Duration.ofSeconds(314));
        recorder.sessionClosed(DESKTOP, session, null, Duration.ofSeconds(314).toNanos(), clock.millis());
        recorder.pageReceived(DESKTOP, Duration.ofMillis(2_100).toNanos());
        recorder.stateChanged(SyncState.BACKFILLING, SyncState.CATCHING_UP, "backfill complete");
        recorder.stateChanged(SyncState.CATCHING_UP, SyncState.READY, "caught up");
        clock.advance(Duration.ofSeconds(8_930));
        recorder.batchDispatched(ModelTally.of(ENTRY, 2), clock.millis());
        recorder.batchAddressed(DESKTOP, ModelTally.of(ENTRY, 2), clock.millis());
        recorder.batchDispatched(ModelTally.of(TAG, 1), clock.millis());
        recorder.batchAddressed(DESKTOP, ModelTally.of(TAG, 1), clock.millis());
        recorder.batchSettled(Duration.ofMillis(45).toNanos());
        recorder.changesReceived(DESKTOP, Route.BACKFILL, ModelTally.of(ENTRY, 20_002));
        recorder.changeApplied(DESKTOP, ENTRY, 1_000_000, clock.millis() - 1_000, clock.millis());
        recorder.changeApplied(DESKTOP, TAG, 4_000_000, 0, clock.millis());
        recorder.stampApplied(DESKTOP, new Hlc(clock.millis() + 700, 3, DESKTOP));
        recorder.changeRejected(DESKTOP, ENTRY, RejectReason.DUPLICATE, null);
        recorder.changeRejected(DESKTOP, ENTRY, RejectReason.DUPLICATE, null);
        recorder.changeRejected(
                DESKTOP,
                ENTRY,
                RejectReason.APPLY_ERROR,
                new Fault("constraint", "entry 0f6c from Desktop refused by the database: NOT NULL name"));
        recorder.conflictSettled(DESKTOP, TAG, ConflictOutcome.TOOK_REMOTE);
        recorder.broadcastFailed(LAPTOP, new Fault("unreachable", "Laptop unreachable (StateBatch, 2 changes)"));
        recorder.retryOverflowed(LAPTOP);
        recorder.frameSent(DESKTOP, MessageType.STATE_BATCH, 1_234);
        recorder.frameReceived(DESKTOP, MessageType.RECEIPT, 999);
        recorder.stampMerged(DESKTOP, 12, 3);
        clock.advance(Duration.ofSeconds(3));
    }

    private static SyncLevels.Link link(
            DeviceId peer, String name, boolean online, long lag, Map<ModelType, Long> outstanding) {
        return new SyncLevels.Link(
                peer, name, online, online, null, false, 0, online ? 0 : 1, outstanding, Map.of(), Map.of(), 4.2, lag);
    }
}
