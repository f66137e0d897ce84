package io.librarysync.metrics;

import static io.librarysync.metrics.Dimension.MODEL;
import static io.librarysync.metrics.Dimension.PEER;

import io.librarysync.instrument.CounterFamily;
import io.librarysync.instrument.HighestFamily;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.instrument.MetricRegistry;
import io.librarysync.record.SyncLevels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The data volume category; what was synced is computed from the cells of the operations. */
final class DataVolumeMetrics extends MetricGroup<DataVolumeMetricsMXBean, SyncView> {
    private final OperationMetrics operations;

    final CounterFamily framesSent = counters(DataVolumeMetricsMXBean::getFramesSent);
    final CounterFamily framesReceived = counters(DataVolumeMetricsMXBean::getFramesReceived);
    final CounterFamily bytesSent = counters(DataVolumeMetricsMXBean::getBytesSent);
    final CounterFamily bytesReceived = counters(DataVolumeMetricsMXBean::getBytesReceived);
    final HighestFamily lastSync = latest(DataVolumeMetricsMXBean::getLastSyncPerPeerEpochMillis);
    final HighestFamily lastAttempt = latest(DataVolumeMetricsMXBean::getLastAttemptPerPeerEpochMillis);
    final HighestFamily lastSyncOfModel = latest(DataVolumeMetricsMXBean::getLastSyncPerModelEpochMillis);
    final HighestFamily lastSeen = latestCells("lastSeen", PEER);

    DataVolumeMetrics(MetricRegistry registry, OperationMetrics operations) {
        super(DataVolumeMetricsMXBean.class, registry);
        this.operations = operations;
        value(DataVolumeMetricsMXBean::getEntriesSynced, this::entriesSynced);
        value(DataVolumeMetricsMXBean::getEntriesByDevice, this::entriesByDevice);
        requireAllBound();
    }

    private Map<String, Long> entriesSynced(SyncView view) {
        Map<String, Long> synced = new TreeMap<>(operations.broadcastByModel(view));
        view.by(operations.applied, MODEL).forEach((model, count) -> synced.merge(model, count, Long::sum));
        return synced;
    }

    private Map<String, DeviceVolume> entriesByDevice(SyncView view) {
        Map<String, DeviceVolume> devices = new LinkedHashMap<>();
        Map<String, Boolean> online = onlineByPeer(view);
        Map<String, Long> applied = view.by(operations.applied, PEER);
        Map<String, Long> seen = view.highestOfAll(lastSeen, PEER);
        for (String peer : knownPeers(view, online, applied)) {
            String name = view.moment().names().getOrDefault(peer, peer);
            devices.put(
                    peer,
                    new DeviceVolume(
                            name,
                            applied.getOrDefault(peer, 0L),
                            null,
                            seen.get(peer),
                            online.getOrDefault(peer, false)));
        }
        Member self = view.moment().device();
        if (view.admits(PEER, self.id())) {
            long sent = Sums.of(operations.broadcastByModel(view));
            devices.put(self.id(), new DeviceVolume(self.name(), null, sent, null, null));
        }
        return devices;
    }

    /** Every device that was named, is linked or sent something, so that its row exists at zero. */
    private static Set<String> knownPeers(SyncView view, Map<String, Boolean> online, Map<String, Long> applied) {
        Set<String> known = new TreeSet<>(online.keySet());
        known.addAll(applied.keySet());
        view.moment().names().keySet().stream()
                .filter(peer -> view.admits(PEER, peer))
                .forEach(known::add);
        known.remove(view.moment().device().id());
        return known;
    }

    private static Map<String, Boolean> onlineByPeer(SyncView view) {
        Map<String, Boolean> online = new LinkedHashMap<>();
        for (SyncLevels.Link link : view.links()) {
            online.put(link.peer().toString(), link.online());
        }
        return online;
    }
}
