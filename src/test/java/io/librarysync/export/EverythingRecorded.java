package io.librarysync.export;

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
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.record.SyncLevels;
import io.librarysync.record.SyncRecorder;
import io.librarysync.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Metrics of a device in the middle of a backfill, in which every metric that is declared has a value. */
final class EverythingRecorded {
    static final DeviceId DESKTOP = DeviceId.parse("e20b5f31-0000-4000-8000-000000000001");

    private static final DeviceId SELF = DeviceId.parse("11111111-0000-4000-8000-000000000003");
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final ModelType TAG = ModelType.shared("tag");
    private static final Session SESSION = new Session(new UUID(0, 1), SessionKind.BACKFILL);

    private EverythingRecorded() {}

    static SyncMetrics metrics(String libraryName, String peerName) {
        ManualClock clock = new ManualClock();
        SyncMetrics metrics = new SyncMetrics(
                new Member("5f0c1d6e-0000-4000-8000-000000000009", libraryName),
                new Member(SELF.toString(), "laptop"),
                clock,
                List.of(ENTRY, TAG),
                true);
        SyncLevels levels = levels(peerName, clock.millis());
        metrics.readLevelsFrom(() -> levels);
        record(metrics.recorder(), peerName, clock);
        return metrics;
    }

    private static SyncLevels levels(String peerName, long millis) {
        SyncLevels.Link link = new SyncLevels.Link(
                DESKTOP,
                peerName,
                true,
                true,
                SyncState.READY,
                true,
                1,
                2,
                Map.of(ENTRY, 3L),
                Map.of(TAG, 4L),
                Map.of(ENTRY, 5L),
                11.5,
                145L);
        return new SyncLevels(SyncState.BACKFILLING, 25, DESKTOP, Map.of(ENTRY, 6L), millis, 1_500, List.of(link));
    }

    private static void record(SyncRecorder recorder, String peerName, ManualClock clock) {
        recorder.peerKnown(DESKTOP, peerName);
        recorder.stateChanged(SyncState.UNINITIALIZED, SyncState.BACKFILLING, "first member");
        recorder.peerSeenBefore(DESKTOP, clock.millis());
        recorder.frameSent(DESKTOP, MessageType.STATE_BATCH, 700);
        recorder.frameReceived(DESKTOP, MessageType.STATE_BATCH, 1_300);
        recorder.heartbeatAnswered(DESKTOP, 11_000_000);
        recorder.heartbeatAnswered(DESKTOP, 12_000_000);
        recorder.changesCommitted(ModelTally.of(TAG, 2), new Hlc(clock.millis(), 3, SELF));
        recorder.changesDeferred(DeferReason.NO_PEER, ModelTally.of(ENTRY, 1));
        recorder.batchDispatched(ModelTally.of(TAG, 2), clock.millis());
        recorder.batchAddressed(DESKTOP, ModelTally.of(TAG, 2), clock.millis());
        recorder.batchSettled(45_000_000);
        recorder.sessionOpened(DESKTOP, SESSION, clock.millis());
        recorder.pageReceived(DESKTOP, 342_000_000);
        recorder.changesReceived(DESKTOP, Route.BACKFILL, ModelTally.of(ENTRY, 10));
        recorder.changeApplied(DESKTOP, ENTRY, 900, clock.millis(), clock.millis());
        recorder.changeApplied(DESKTOP, ENTRY, 4_100_000, clock.millis(), clock.millis());
        recorder.changeApplied(DESKTOP, ENTRY, Duration.ofHours(3).toNanos(), clock.millis(), clock.millis());
        recorder.changeRejected(DESKTOP, ENTRY, RejectReason.VALIDATION, new Fault("malformed", "no name"));
        recorder.conflictSettled(DESKTOP, TAG, ConflictOutcome.KEPT_LOCAL);
        recorder.stampMerged(DESKTOP, -12, 7);
        recorder.databaseFailed(null, null, new Fault("busy", "locked"));
        recorder.queryRun(80_000);
        clock.advance(Duration.ofMillis(2_345));
    }
}
