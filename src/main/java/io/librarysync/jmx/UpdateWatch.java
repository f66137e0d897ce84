package io.librarysync.jmx;

import io.librarysync.instrument.GroupSnapshot;
import io.librarysync.instrument.Metric;
import io.librarysync.instrument.MetricDescription;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells whether a snapshot holds news: a counter of anything but time has moved, or the epoch has turned. */
final class UpdateWatch {
    private @Nullable Map<String, Object> known;

    boolean hasNews(SyncMetricsSnapshot snapshot) {
        Map<String, Object> counters = counters(snapshot);
        boolean news = !counters.equals(known);
        known = counters;
        return news;
    }

    private static Map<String, Object> counters(SyncMetricsSnapshot snapshot) {
        Map<String, Object> counters = new HashMap<>();
        counters.put("epoch", snapshot.epoch());
        snapshot.groups().values().forEach(group -> addCounters(counters, group));
        return counters;
    }

    private static void addCounters(Map<String, Object> counters, GroupSnapshot<?> group) {
        for (MetricDescription metric : MetricGroup.describe(group.type())) {
            Object value = group.values().get(metric.attribute());
            if (value != null
                    && metric.kind().equals(Metric.COUNTER)
                    && !metric.unit().equals(Metric.MILLIS)) {
                counters.put(metric.attribute(), value);
            }
        }
    }
}
