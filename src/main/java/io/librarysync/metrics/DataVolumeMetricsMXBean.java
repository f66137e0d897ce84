package io.librarysync.metrics;

import static io.librarysync.instrument.Metric.BYTES;
import static io.librarysync.instrument.Metric.CHANGES;
import static io.librarysync.instrument.Metric.EPOCH_MILLIS;
import static io.librarysync.instrument.Metric.INFO;
import static io.librarysync.instrument.Metric.MESSAGES;
import static io.librarysync.metrics.Dimension.MODEL;
import static io.librarysync.metrics.Dimension.PEER;
import static io.librarysync.metrics.Dimension.TYPE;

import io.librarysync.instrument.Metric;
import java.util.Map;

/** How much was synced, with whom and of what. */
public interface DataVolumeMetricsMXBean {

    @Metric(
            value = "Changes by model: broadcast by this device plus applied from peers; served pages are not in it",
            unit = CHANGES,
            by = {PEER, MODEL},
            key = MODEL)
    Map<String, Long> getEntriesSynced();

    @Metric(
            value = "Sum of the changes of all models",
            unit = CHANGES,
            by = {PEER, MODEL})
    default long getTotalSynced() {
        return Sums.of(getEntriesSynced());
    }

    @Metric(
            value =
                    "By device id: changes applied over the link to a peer, changes broadcast for this device; with name, "
                            + "last frame seen and whether it is online",
            unit = CHANGES,
            by = {PEER, MODEL},
            key = PEER)
    Map<String, DeviceVolume> getEntriesByDevice();

    @Metric(
            value = "Payload bytes accepted by the network port, of all message types, resends too",
            unit = BYTES,
            by = PEER)
    long getBytesSent();

    @Metric(value = "Payload bytes taken from the network port, before decoding", unit = BYTES, by = PEER)
    long getBytesReceived();

    @Metric(value = "Payload bytes sent and received", unit = BYTES, by = PEER)
    default long getBytesTotal() {
        return getBytesSent() + getBytesReceived();
    }

    @Metric(
            value = "Payloads sent, by message type; types never sent are absent",
            unit = MESSAGES,
            by = PEER,
            key = TYPE)
    Map<String, Long> getFramesSent();

    @Metric(
            value = "Payloads received, by message type; types never received are absent",
            unit = MESSAGES,
            by = PEER,
            key = TYPE)
    Map<String, Long> getFramesReceived();

    @Metric(
            value =
                    "By device id: when a change of that link was last applied or a pull with it completed, even an empty one; "
                            + "absent if never",
            kind = INFO,
            unit = EPOCH_MILLIS,
            by = PEER,
            key = PEER)
    Map<String, Long> getLastSyncPerPeerEpochMillis();

    @Metric(
            value = "By device id: when a send or a pull with it was last begun; absent if never",
            kind = INFO,
            unit = EPOCH_MILLIS,
            by = PEER,
            key = PEER)
    Map<String, Long> getLastAttemptPerPeerEpochMillis();

    @Metric(
            value = "By model: when a change of it was last broadcast or applied; absent if never",
            kind = INFO,
            unit = EPOCH_MILLIS,
            by = MODEL,
            key = MODEL)
    Map<String, Long> getLastSyncPerModelEpochMillis();
}
