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
import java.util.TreeMap;

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
    final HighestFamily lastSeen = latestCells(PEER);

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
        view.by(operations.applied, PEER)
                .forEach((peer, applied) ->
                        devices.put(peer, peerVolume(view, peer, applied, online.getOrDefault(peer, false))));
        online.forEach((peer, isOnline) -> devices.computeIfAbsent(peer, id -> peerVolume(view, id, 0, isOnline)));
        Member self = view.moment().device();
        if (view.admits(PEER, self.id())) {
            long sent = Sums.of(operations.broadcastByModel(view));
            devices.put(self.id(), new DeviceVolume(self.name(), null, sent, null, null));
        }
        return devices;
    }

    private DeviceVolume peerVolume(SyncView view, String peer, long applied, boolean online) {
        String name = view.moment().names().getOrDefault(peer, peer);
        return new DeviceVolume(name, applied, null, view.highestOf(lastSeen, PEER, peer), online);
    }

    private static Map<String, Boolean> onlineByPeer(SyncView view) {
        Map<String, Boolean> online = new LinkedHashMap<>();
        for (SyncLevels.Link link : view.links()) {
            online.put(link.peer().toString(), link.online());
        }
        return online;
    }
}
