package io.librarysync.testing;

import io.librarysync.domain.DeviceId;
import io.librarysync.instrument.Latency;
import io.librarysync.instrument.Metric;
import io.librarysync.instrument.MetricDescription;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The counts of each device when it was last looked at: inside an epoch none may fall (I14). */
final class LastCounts {
    private final Map<DeviceId, SyncMetricsSnapshot> seen = new HashMap<>();

    void check(TestLibrary library) {
        Findings findings = new Findings();
        library.devices().forEach(device -> compare(findings, device));
        findings.demandNone();
    }

    private void compare(Findings findings, TestDevice device) {
        SyncMetricsSnapshot now = device.snapshot();
        SyncMetricsSnapshot before = seen.put(device.id(), now);
        if (before == null || !before.epoch().equals(now.epoch())) {
            return;
        }
        Map<String, Long> counts = of(now);
        of(before)
                .forEach((name, count) -> findings.holds(
                        device.name() + " I14 " + name,
                        counts.getOrDefault(name, 0L) >= count,
                        count + " fell to " + counts.getOrDefault(name, 0L)));
    }

    /** Every count of a snapshot, those of distributions too. */
    static Map<String, Long> of(SyncMetricsSnapshot snapshot) {
        Map<String, Long> counts = new TreeMap<>();
        for (Category category : Category.values()) {
            for (MetricDescription metric : MetricGroup.describe(category.type())) {
                if (metric.kind().equals(Metric.COUNTER) || metric.kind().equals(Metric.HISTOGRAM)) {
                    add(
                            counts,
                            metric.attribute(),
                            snapshot.group(category).values().get(metric.attribute()));
                }
            }
        }
        return counts;
    }

    private static void add(Map<String, Long> counts, String name, @Nullable Object value) {
        if (value instanceof Long count) {
            counts.put(name, count);
        } else if (value instanceof Latency.Summary summary) {
            counts.put(name, summary.count());
        } else if (value instanceof Map<?, ?> family) {
            family.forEach((key, each) -> add(counts, name + " " + key, each));
        }
    }
}
