package io.librarysync.export;

import io.librarysync.metrics.DataVolumeMetricsMXBean;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.Map;

/** What people call a device. */
final class Names {
    private Names() {}

    /** Its name where the snapshot knows it, else its id. */
    static String of(SyncMetricsSnapshot snapshot, String deviceId) {
        if (deviceId.equals(snapshot.device().id())) {
            return snapshot.device().name();
        }
        var device = snapshot.group(DataVolumeMetricsMXBean.class)
                .find(DataVolumeMetricsMXBean::getEntriesByDevice)
                .orElse(Map.of())
                .get(deviceId);
        return device == null ? deviceId : device.deviceName();
    }
}
