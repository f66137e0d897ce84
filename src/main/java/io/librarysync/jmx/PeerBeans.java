package io.librarysync.jmx;

import io.librarysync.metrics.DeviceVolume;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.weakref.jmx.JmxException;
import org.weakref.jmx.MBeanExport;
import org.weakref.jmx.MBeanExporter;

/** The beans that come and go: one for each model met, one for each of the devices seen most recently. */
final class PeerBeans implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerBeans.class);

    private final MBeanExporter exporter;
    private final SyncMetrics metrics;
    private final int deviceLimit;
    private final Map<String, MBeanExport> devices = new HashMap<>();
    private final Map<String, MBeanExport> models = new HashMap<>();

    PeerBeans(MBeanServer server, BeanNames names, SyncMetrics metrics, int deviceLimit) {
        this.exporter = new MBeanExporter(server, Optional.of(names));
        this.metrics = metrics;
        this.deviceLimit = deviceLimit;
    }

    /** Adds and removes beans so that they match what the snapshot knows. */
    synchronized void refresh(SyncMetricsSnapshot snapshot) {
        Set<String> seen = recent(snapshot);
        devices.keySet().removeIf(id -> !seen.contains(id) && unexport(devices.get(id)));
        for (String id : seen) {
            devices.computeIfAbsent(id, this::exportDevice);
        }
        for (String name : snapshot.dataVolume().getEntriesSynced().keySet()) {
            models.computeIfAbsent(name, this::exportModel);
        }
    }

    @Override
    public synchronized void close() {
        exporter.unexportAllAndReportMissing()
                .forEach((name, problem) -> LOG.debug("{} was gone already", name, problem));
        devices.clear();
        models.clear();
    }

    private Set<String> recent(SyncMetricsSnapshot snapshot) {
        return snapshot.dataVolume().getEntriesByDevice().entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, DeviceVolume>>comparingLong(entry -> lastSeen(entry.getValue()))
                        .reversed()
                        .thenComparing(Map.Entry::getKey))
                .limit(deviceLimit)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static long lastSeen(DeviceVolume volume) {
        Long seen = volume.lastSeenEpochMillis();
        return seen == null ? Long.MIN_VALUE : seen;
    }

    private MBeanExport exportDevice(String id) {
        return exporter.exportWithGeneratedName(
                new DeviceBean(metrics, id), DeviceBean.class, Map.of("type", "Device", "name", id));
    }

    private MBeanExport exportModel(String name) {
        return exporter.exportWithGeneratedName(
                new ModelBean(metrics, name), ModelBean.class, Map.of("type", "Model", "name", name));
    }

    private static boolean unexport(@Nullable MBeanExport export) {
        if (export != null) {
            try {
                export.unexport();
            } catch (JmxException e) {
                LOG.debug("{} was gone already", export.getObjectName(), e);
            }
        }
        return true;
    }
}
