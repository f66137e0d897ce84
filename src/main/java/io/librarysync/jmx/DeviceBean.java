package io.librarysync.jmx;

import io.librarysync.domain.SyncClock;
import io.librarysync.instrument.Metric;
import io.librarysync.metrics.DataVolumeMetricsMXBean;
import io.librarysync.metrics.DeviceVolume;
import io.librarysync.metrics.OperationMetricsMXBean;
import io.librarysync.metrics.PerformanceMetricsMXBean;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.metrics.SyncMetrics;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one device has to do with this one, as flat attributes; −1 and an empty text stand for unknown. */
public final class DeviceBean {
    private static final long UNKNOWN = -1;

    private final String id;
    private final Held held;

    DeviceBean(SyncMetrics metrics, String id) {
        this.id = id;
        this.held = new Held(SyncClock.system(), () -> metrics.snapshot(SnapshotFilter.ofPeer(id)));
    }

    @Metric(value = "Current name of the device", kind = Metric.INFO)
    public String getDeviceName() {
        DeviceVolume volume = volume();
        return volume == null ? "" : volume.deviceName();
    }

    @Metric(value = "Whether the device is reachable now; always true for this device", kind = Metric.GAUGE)
    public boolean isOnline() {
        DeviceVolume volume = volume();
        return volume != null && !Boolean.FALSE.equals(volume.isOnline());
    }

    @Metric(
            value = "When the last frame came from it; −1 if none ever did",
            kind = Metric.INFO,
            unit = Metric.EPOCH_MILLIS)
    public long getLastSeenEpochMillis() {
        DeviceVolume volume = volume();
        return volume == null ? UNKNOWN : number(volume.lastSeenEpochMillis());
    }

    @Metric(value = "Changes taken off the wire from it since the epoch began", unit = Metric.CHANGES)
    public long getChangesReceived() {
        return operations().getChangesReceived();
    }

    @Metric(value = "Changes applied from it since the epoch began", unit = Metric.CHANGES)
    public long getChangesApplied() {
        return operations().getChangesApplied();
    }

    @Metric(value = "Changes that it confirmed since the epoch began", unit = Metric.CHANGES)
    public long getChangesDelivered() {
        return operations().getChangesDelivered();
    }

    @Metric(value = "Changes in pages served to it since the epoch began", unit = Metric.CHANGES)
    public long getRecordsServed() {
        return operations().getRecordsServed();
    }

    @Metric(value = "Messages waiting to be sent to it again", kind = Metric.GAUGE, unit = Metric.MESSAGES)
    public long getRetryQueueDepth() {
        return operations().getRetryQueueDepth();
    }

    @Metric(value = "Payload bytes sent to it since the epoch began", unit = Metric.BYTES)
    public long getBytesSent() {
        return dataVolume().getBytesSent();
    }

    @Metric(value = "Payload bytes received from it since the epoch began", unit = Metric.BYTES)
    public long getBytesReceived() {
        return dataVolume().getBytesReceived();
    }

    @Metric(
            value = "When a change of it was last applied or a pull from it completed; −1 if never",
            kind = Metric.INFO,
            unit = Metric.EPOCH_MILLIS)
    public long getLastSyncEpochMillis() {
        return mine(dataVolume().getLastSyncPerPeerEpochMillis());
    }

    @Metric(
            value = "When a send to it or a pull from it was last begun; −1 if never",
            kind = Metric.INFO,
            unit = Metric.EPOCH_MILLIS)
    public long getLastAttemptEpochMillis() {
        return mine(dataVolume().getLastAttemptPerPeerEpochMillis());
    }

    @Metric(
            value = "How far this device is behind it; −1 while that is unknown",
            kind = Metric.GAUGE,
            unit = Metric.MILLIS)
    public long getWatermarkLagMillis() {
        return mine(performance().getWatermarkLagMillis());
    }

    @Metric(value = "Smoothed round trip; −1 if never measured", kind = Metric.GAUGE, unit = Metric.MILLIS)
    public double getRttMillis() {
        Double rtt = performance().getRttEwmaMillis().get(id);
        return rtt == null ? UNKNOWN : rtt;
    }

    @Metric(value = "Errors that concern it since the epoch began", unit = Metric.ERRORS)
    public long getTotalErrors() {
        return held.get().errors().getTotalErrors();
    }

    private OperationMetricsMXBean operations() {
        return held.get().operations();
    }

    private DataVolumeMetricsMXBean dataVolume() {
        return held.get().dataVolume();
    }

    private PerformanceMetricsMXBean performance() {
        return held.get().performance();
    }

    private @Nullable DeviceVolume volume() {
        return dataVolume().getEntriesByDevice().get(id);
    }

    private long mine(@Nullable Map<String, Long> byDevice) {
        return byDevice == null ? UNKNOWN : number(byDevice.get(id));
    }

    private static long number(@Nullable Long value) {
        return Objects.requireNonNullElse(value, UNKNOWN);
    }
}
