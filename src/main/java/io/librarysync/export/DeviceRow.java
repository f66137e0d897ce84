package io.librarysync.export;

import io.librarysync.metrics.DeviceVolume;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The devices of a snapshot in the order in which a screen shows them. */
final class DeviceRow {
    private DeviceRow() {}

    static long records(DeviceVolume device) {
        Long received = device.entriesReceived();
        Long sent = device.recordsSent();
        return received != null ? received : sent != null ? sent : 0;
    }

    static List<DeviceVolume> peersLargestFirst(Map<String, DeviceVolume> devices, String self) {
        return devices.entrySet().stream()
                .filter(device -> !device.getKey().equals(self))
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparingLong(DeviceRow::records).reversed().thenComparing(DeviceVolume::deviceName))
                .toList();
    }
}
