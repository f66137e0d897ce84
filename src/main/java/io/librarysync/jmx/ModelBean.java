package io.librarysync.jmx;

import io.librarysync.domain.SyncClock;
import io.librarysync.instrument.Metric;
import io.librarysync.metrics.OperationMetricsMXBean;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.metrics.SyncMetrics;
import java.util.Objects;

/** What sync did with the records of one model, as flat attributes; −1 stands for unknown. */
public final class ModelBean {
    private static final long UNKNOWN = -1;

    private final String name;
    private final Held held;

    ModelBean(SyncMetrics metrics, String name) {
        this.name = name;
        this.held = new Held(SyncClock.system(), () -> metrics.snapshot(SnapshotFilter.ofModel(name)));
    }

    @Metric(value = "Changes broadcast by this device plus applied from peers", unit = Metric.CHANGES)
    public long getEntriesSynced() {
        return held.get().dataVolume().getTotalSynced();
    }

    @Metric(value = "Own changes dispatched to at least one online peer, each counted once", unit = Metric.CHANGES)
    public long getBroadcastsSent() {
        return operations().getBroadcastsSent();
    }

    @Metric(value = "Changes taken off the wire since the epoch began", unit = Metric.CHANGES)
    public long getChangesReceived() {
        return operations().getChangesReceived();
    }

    @Metric(value = "Received changes whose effect was committed", unit = Metric.CHANGES)
    public long getChangesApplied() {
        return operations().getChangesApplied();
    }

    @Metric(value = "Received changes that finally ended without effect", unit = Metric.CHANGES)
    public long getChangesRejected() {
        return operations().getChangesRejected();
    }

    @Metric(
            value = "Received changes that wait for their turn or for a missing row",
            kind = Metric.GAUGE,
            unit = Metric.CHANGES)
    public long getBufferQueueDepth() {
        return operations().getBufferQueueDepth();
    }

    @Metric(
            value = "When a change of it was last broadcast or applied; −1 if never",
            kind = Metric.INFO,
            unit = Metric.EPOCH_MILLIS)
    public long getLastSyncEpochMillis() {
        return Objects.requireNonNullElse(
                held.get().dataVolume().getLastSyncPerModelEpochMillis().get(name), UNKNOWN);
    }

    @Metric(value = "Median time to apply one change; −1 before the first", kind = Metric.GAUGE, unit = Metric.MILLIS)
    public double getApplyLatencyP50Millis() {
        return held.get().performance().getApplyLatencyP50Millis();
    }

    @Metric(
            value = "99th percentile of the time to apply one change; −1 before the first",
            kind = Metric.GAUGE,
            unit = Metric.MILLIS)
    public double getApplyLatencyP99Millis() {
        return held.get().performance().getApplyLatencyP99Millis();
    }

    @Metric(value = "Errors that concern it since the epoch began", unit = Metric.ERRORS)
    public long getTotalErrors() {
        return held.get().errors().getTotalErrors();
    }

    private OperationMetricsMXBean operations() {
        return held.get().operations();
    }
}
