package io.librarysync.metrics;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RejectReason;
import io.librarysync.domain.Route;
import io.librarysync.domain.SyncClock;
import java.util.List;

/** The metrics of a device with one partner, and what may happen to them at once. */
final class StressedMetrics {
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final DeviceId PEER = DeviceId.parse("e20b5f31-0000-4000-8000-000000000001");
    private static final ModelTally TWO = ModelTally.of(ENTRY, 2);

    private final SyncMetrics metrics = new SyncMetrics(
            new Member("library", "Library"), new Member("self", "Self"), SyncClock.system(), List.of(ENTRY), true);

    /** Two changes arrive; one is applied, then the other is rejected. */
    void receiveTwo() {
        metrics.recorder().changesReceived(PEER, Route.LIVE, TWO);
        metrics.recorder().changeApplied(PEER, ENTRY, 40_000, 1, 1);
        metrics.recorder().changeRejected(PEER, ENTRY, RejectReason.DUPLICATE, null);
    }

    SyncMetrics metrics() {
        return metrics;
    }

    /** Closes the epoch. */
    Counts reset() {
        return Counts.of(metrics.reset(EpochKeeper.NONE));
    }

    Counts counts() {
        return Counts.of(metrics.snapshot());
    }

    /** What a snapshot says of changes. */
    record Counts(long received, long applied, long rejected, long timed) {

        private static Counts of(SyncMetricsSnapshot snapshot) {
            OperationMetricsMXBean operations = snapshot.operations();
            return new Counts(
                    operations.getChangesReceived(),
                    operations.getChangesApplied(),
                    operations.getChangesRejected(),
                    snapshot.performance().getApplyLatency().count());
        }
    }
}
