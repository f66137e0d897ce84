package io.librarysync.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.domain.ConflictOutcome;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.MessageType;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RejectReason;
import io.librarysync.domain.Route;
import io.librarysync.domain.Session;
import io.librarysync.domain.SessionKind;
import io.librarysync.domain.SyncState;
import io.librarysync.record.SyncRecorder;
import io.librarysync.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SyncMetricsTest {
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final ModelType TAG = ModelType.shared("tag");
    private static final DeviceId DESKTOP = DeviceId.parse("e20b5f31-0000-4000-8000-000000000001");
    private static final DeviceId LAPTOP = DeviceId.parse("7d1c09aa-0000-4000-8000-000000000002");
    private static final Session SESSION = new Session(UUID.randomUUID(), SessionKind.CATCH_UP);
    private static final Member SELF = new Member("11111111-0000-4000-8000-000000000003", "Self");

    private final ManualClock clock = new ManualClock();
    private final SyncMetrics metrics =
            new SyncMetrics(new Member("library", "My Library"), SELF, clock, List.of(ENTRY, TAG), true);
    private final SyncRecorder recorder = metrics.recorder();

    @Test
    void aFreshDeviceKnowsNothingAndSaysSo() {
        SyncMetricsSnapshot fresh = metrics.snapshot();

        assertThat(fresh.operations().getChangesReceived()).isZero();
        assertThat(fresh.dataVolume().getEntriesSynced()).isEqualTo(Map.of("entry", 0L, "tag", 0L));
        assertThat(fresh.performance().getStateWatermarkEpochMillis()).isEqualTo(-1);
        assertThat(fresh.performance().getSharedWatermark()).isNull();
        assertThat(fresh.performance().getApplyLatency().min()).isNull();
        assertThat(fresh.state().getCurrentState()).isEqualTo("Uninitialized");
        assertThat(fresh.state().isInSync()).isFalse();
    }

    @Test
    void broadcastsCountEachChangeOnceAndAddressesPerPeer() {
        ModelTally three = ModelTally.of(ENTRY, 3);
        recorder.batchDispatched(three, clock.millis());
        recorder.batchAddressed(DESKTOP, three, clock.millis());
        recorder.batchAddressed(LAPTOP, three, clock.millis());
        recorder.batchDelivered(DESKTOP, three);

        OperationMetricsMXBean operations = metrics.snapshot().operations();
        assertThat(operations.getBroadcastsSent()).isEqualTo(3);
        assertThat(operations.getBroadcastBatchesSent()).isEqualTo(1);
        assertThat(operations.getChangesAddressed()).isEqualTo(6);
        assertThat(operations.getChangesDelivered()).isEqualTo(3);
    }

    @Test
    void aFilterByPeerRewritesEveryNumberAndNamesWhatItCannotSplit() {
        recorder.peerKnown(DESKTOP, "Desktop");
        recorder.peerKnown(LAPTOP, "Laptop");
        recorder.batchDispatched(ModelTally.of(ENTRY, 3), clock.millis());
        recorder.batchAddressed(DESKTOP, ModelTally.of(ENTRY, 3), clock.millis());
        recorder.changesReceived(LAPTOP, Route.LIVE, ModelTally.of(TAG, 2));
        recorder.changeApplied(LAPTOP, TAG, 1_000_000, 0, clock.millis());
        recorder.frameSent(DESKTOP, MessageType.STATE_BATCH, 70);

        SyncMetricsSnapshot laptop = metrics.snapshot(SnapshotFilter.ofPeer(metrics.peerId("Laptop")));
        assertThat(laptop.operations().getBroadcastsSent()).isZero();
        assertThat(laptop.operations().getChangesReceived()).isEqualTo(2);
        assertThat(laptop.dataVolume().getEntriesSynced()).isEqualTo(Map.of("tag", 1L));
        assertThat(laptop.dataVolume().getBytesSent()).isZero();
        assertThat(laptop.performance().getApplyLatency().count()).isEqualTo(1);
        assertThat(laptop.notFilterable()).contains("LocalChangesCommitted", "UptimeMillis", "BroadcastLatency");
        assertThat(laptop.group(Category.OPERATIONS).values()).doesNotContainKey("LocalChangesCommitted");

        SyncMetricsSnapshot self = metrics.snapshot(SnapshotFilter.ofPeer(metrics.peerId("self")));
        assertThat(self.operations().getBroadcastsSent()).isEqualTo(3);
        assertThat(self.dataVolume().getEntriesByDevice().keySet()).isEqualTo(Set.of(SELF.id()));
    }

    @Test
    void aMessageThatIsTooLongKeepsItsEnds() {
        recorder.otherFailed(null, null, new Fault("unreadable", "begin" + "x".repeat(10_000) + "end"));

        String kept = metrics.snapshot().errors().getRecentErrors().get(0).message();
        assertThat(kept)
                .startsWith("beginxxx")
                .contains("x…x")
                .endsWith("xxxend")
                .hasSize(501);
    }

    @Test
    void aPeerHasItsRowAtZeroFromTheMomentItIsKnown() {
        recorder.peerKnown(DESKTOP, "Desktop");

        assertThat(metrics.snapshot().dataVolume().getEntriesByDevice())
                .containsEntry(DESKTOP.toString(), new DeviceVolume("Desktop", 0L, null, null, false));
    }

    @Test
    void anUnknownPeerIsNamedWithTheKnownOnes() {
        recorder.peerKnown(DESKTOP, "Desktop");

        assertThat(metrics.peerId("e20b")).isEqualTo(DESKTOP.toString());
        assertThatThrownBy(() -> metrics.peerId("Dektop"))
                .isInstanceOf(UnknownLabelException.class)
                .hasMessage("unknown peer \"Dektop\"; known are Self (" + SELF.id() + "), Desktop (" + DESKTOP + ")");
    }

    @Test
    void totalsOfErrorsAreTheSumOfTheirTypes() {
        recorder.changesReceived(DESKTOP, Route.LIVE, ModelTally.of(ENTRY, 3));
        recorder.changeRejected(DESKTOP, ENTRY, RejectReason.DUPLICATE, null);
        recorder.changeRejected(DESKTOP, ENTRY, RejectReason.APPLY_ERROR, new Fault("constraint", "NOT NULL name"));
        recorder.changeRejected(DESKTOP, ENTRY, RejectReason.VALIDATION, new Fault("malformed", "no name"));
        recorder.broadcastFailed(LAPTOP, new Fault("unreachable", "Laptop unreachable"));
        recorder.conflictSettled(DESKTOP, TAG, ConflictOutcome.TOOK_REMOTE);

        ErrorMetricsMXBean errors = metrics.snapshot().errors();
        assertThat(errors.getTotalErrors()).isEqualTo(3);
        assertThat(errors.getApplyErrors()).isEqualTo(1);
        assertThat(errors.getValidationErrors()).isEqualTo(1);
        assertThat(errors.getNetworkErrors()).isEqualTo(1);
        assertThat(errors.getErrorsByCause())
                .isEqualTo(Map.of("apply.constraint", 1L, "validation.malformed", 1L, "network.unreachable", 1L));
        assertThat(errors.getRecentErrors())
                .extracting(ErrorEvent::message)
                .containsExactly("Laptop unreachable", "no name", "NOT NULL name");
        assertThat(errors.getConflictsResolvedByHlc()).isEqualTo(1);
        ErrorMetricsMXBean ofEntry =
                metrics.snapshot(SnapshotFilter.ofModel("entry")).errors();
        assertThat(ofEntry.getTotalErrors()).isEqualTo(2);
    }

    @Test
    void everyTypeOfErrorIsInTheTotal() {
        Fault fault = new Fault("broken", "it broke");
        recorder.broadcastFailed(LAPTOP, fault);
        recorder.retryFailed(LAPTOP, fault);
        recorder.requestFailed(LAPTOP, fault);
        recorder.databaseFailed(DESKTOP, ENTRY, fault);
        recorder.changeRejected(DESKTOP, ENTRY, RejectReason.APPLY_ERROR, fault);
        recorder.changeRejected(DESKTOP, ENTRY, RejectReason.VALIDATION, fault);
        recorder.otherFailed(null, null, fault);

        ErrorMetricsMXBean errors = metrics.snapshot().errors();
        assertThat(errors.getNetworkErrors()).isEqualTo(3);
        assertThat(errors.getDatabaseErrors()).isEqualTo(1);
        assertThat(errors.getOtherErrors()).isEqualTo(1);
        assertThat(errors.getTotalErrors()).isEqualTo(7);
        assertThat(errors.getRecentErrors()).hasSize(7);
    }

    @Test
    void aSessionThatFailsIsClosedAsMuchAsOneThatCompletes() {
        recorder.sessionOpened(DESKTOP, SESSION, 1_000);
        recorder.sessionOpened(DESKTOP, SESSION, 1_000);
        recorder.sessionClosed(DESKTOP, SESSION, null, 5_000, 1_005);
        recorder.sessionClosed(DESKTOP, SESSION, new Fault("timeout", "no answer in time"), 7_000, 1_007);

        SyncMetricsSnapshot snapshot = metrics.snapshot();
        assertThat(snapshot.operations().getSessionsStarted()).containsEntry("catch_up", 2L);
        assertThat(snapshot.operations().getSessionsCompleted()).containsEntry("catch_up", 1L);
        assertThat(snapshot.operations().getSessionsFailed()).containsEntry("catch_up", 1L);
        assertThat(snapshot.performance().getSessionDuration().count()).isEqualTo(2);
    }

    @Test
    void timeInStateAddsUpToUptimeAndAResetRestartsIt() {
        clock.advance(Duration.ofMillis(120));
        recorder.stateChanged(SyncState.UNINITIALIZED, SyncState.READY, "first member");
        clock.advance(Duration.ofHours(1));

        StateMetricsMXBean state = metrics.snapshot().state();
        assertThat(state.getUptimeMillis()).isEqualTo(3_600_120);
        assertThat(state.getTotalTimeInState()).isEqualTo(Map.of("Uninitialized", 120L, "Ready", 3_600_000L));
        assertThat(state.getTransitionCount()).isEqualTo(Map.of("Uninitialized->Ready", 1L));

        metrics.reset(EpochKeeper.NONE);
        clock.advance(Duration.ofMillis(7));
        StateMetricsMXBean fresh = metrics.snapshot().state();
        assertThat(fresh.getTotalTimeInState()).isEqualTo(Map.of("Ready", 7L));
        assertThat(fresh.getStateHistory()).isEmpty();
        assertThat(fresh.getTransitionCount()).isEmpty();
        assertThat(fresh.getUptimeMillis()).isEqualTo(3_600_127);
    }

    @Test
    void aResetThatCannotBeKeptChangesNothing() {
        recorder.logAppended(5);
        recorder.clockTicked(9);

        assertThatThrownBy(() -> metrics.reset((closing, next) -> {
                    throw new IllegalStateException("disk full");
                }))
                .hasMessage("disk full");

        SyncMetricsSnapshot after = metrics.snapshot();
        assertThat(after.operations().getLogAppended()).isEqualTo(5);
        assertThat(after.performance().getHlcCounterMax()).isEqualTo(9);
        assertThat(after.epoch().openedBy()).isEqualTo("start");
    }

    @Test
    void offReadsNoClockAndCountsNothingAndOnAgainIsANewEpoch() {
        recorder.logAppended(5);
        metrics.disable(EpochKeeper.NONE);
        recorder.logAppended(7);

        assertThat(recorder.nanos()).isZero();
        assertThat(recorder.millis()).isZero();
        assertThat(metrics.snapshot().enabled()).isFalse();
        assertThat(metrics.snapshot().operations().getLogAppended()).isZero();

        metrics.enable(EpochKeeper.NONE);
        recorder.logAppended(1);
        assertThat(metrics.snapshot().operations().getLogAppended()).isEqualTo(1);
        assertThat(metrics.snapshot().epoch().openedBy()).isEqualTo("enabled");
    }

    @Test
    void offAndOnAgainStartsANewTimeline() {
        recorder.stateChanged(SyncState.UNINITIALIZED, SyncState.READY, "first member");
        metrics.disable(EpochKeeper.NONE);
        metrics.enable(EpochKeeper.NONE);

        assertThat(metrics.snapshot().state().getStateHistory()).isEmpty();
        assertThat(metrics.snapshot().state().getTransitionCount()).isEmpty();
    }

    @Test
    void peersBeyondTheCapAreFoldedIntoOneAndEveryChangeCountsOnce() {
        int known = 1_024;
        int peers = 10_001;
        for (int i = 0; i < peers; i++) {
            DeviceId peer = new DeviceId(new UUID(i + 1L, i));
            recorder.changesReceived(peer, Route.LIVE, ModelTally.of(ENTRY, 1));
        }

        SyncMetricsSnapshot snapshot = metrics.snapshot();
        assertThat(snapshot.operations().getChangesReceived()).isEqualTo(peers);
        assertThat(snapshot.errors().getLostLabelOverflow()).isEqualTo(peers - known);
        assertThat(receivedFrom("other")).isEqualTo(peers - known);
        assertThat(receivedFrom(new DeviceId(new UUID(known, known - 1L)).toString()))
                .isEqualTo(1);
    }

    private long receivedFrom(String peer) {
        return metrics.snapshot(SnapshotFilter.ofPeer(peer)).operations().getChangesReceived();
    }

    @Test
    void aNameOfAnyLengthIsAModelLikeOthers() {
        ModelType giant = ModelType.deviceOwned("m".repeat(100_000));
        recorder.changesReceived(DESKTOP, Route.LIVE, ModelTally.of(giant, 2));
        recorder.changeApplied(DESKTOP, giant, -1, 1, 1);
        recorder.changeApplied(DESKTOP, giant, Long.MAX_VALUE, 1, 1);

        SyncMetricsSnapshot snapshot = metrics.snapshot();
        assertThat(snapshot.dataVolume().getEntriesSynced()).containsEntry(giant.name(), 2L);
        assertThat(snapshot.performance().getApplyLatency().count()).isEqualTo(2);
        assertThat(snapshot.performance().getApplyLatency().min()).isZero();
    }

    @Test
    void whatCouldNotBeRecordedIsCountedAsLost() {
        SyncMetrics broken = new SyncMetrics(
                new Member("library", "My Library"),
                new Member("device", "laptop"),
                new ManualClock(),
                List.of(),
                true);
        broken.addTransitionListener(transition -> {
            throw new IllegalStateException("a listener is broken");
        });
        broken.recorder().stateChanged(SyncState.UNINITIALIZED, SyncState.READY, "first member");
        assertThat(broken.snapshot().errors().getLostObservationsFailed()).isEqualTo(1);
        assertThat(metrics.snapshot().errors().getLostObservationsFailed()).isZero();
    }
}
