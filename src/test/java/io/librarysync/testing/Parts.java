package io.librarysync.testing;

import io.librarysync.instrument.Metric;
import io.librarysync.instrument.MetricDescription;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The laws of filters (I15): every count, beside what it is filtered by each peer or by each model. */
final class Parts {
    private static final Set<String> MESSAGES_OF_SEVERAL_MODELS = Set.of("BroadcastBatchesSent");
    private static final Set<String> ADDRESSED_TO_SEVERAL_PEERS = Set.of(
            "BroadcastsSent",
            "StateChangesBroadcast",
            "SharedChangesBroadcast",
            "BroadcastBatchesSent",
            "EntriesSynced",
            "TotalSynced");

    private final String dimension;
    private final SyncMetricsSnapshot whole;
    private final List<SyncMetricsSnapshot> parts;
    private final List<String> broken = new ArrayList<>();

    private Parts(String dimension, SyncMetricsSnapshot whole, List<SyncMetricsSnapshot> parts) {
        this.dimension = dimension;
        this.whole = whole;
        this.parts = parts;
    }

    /** What is broken, each with its name. */
    static List<String> broken(String dimension, SyncMetricsSnapshot whole, List<SyncMetricsSnapshot> parts) {
        Parts laws = new Parts(dimension, whole, parts);
        for (Category category : Category.values()) {
            MetricGroup.describe(category.type()).stream()
                    .filter(metric -> metric.kind().equals(Metric.COUNTER))
                    .filter(metric -> metric.by().contains(dimension))
                    .forEach(metric -> laws.check(category, metric));
        }
        return laws.broken;
    }

    private void check(Category category, MetricDescription metric) {
        counts(valueIn(whole, category, metric)).forEach((key, count) -> {
            List<Long> shares = parts.stream()
                    .map(part -> counts(valueIn(part, category, metric)).getOrDefault(key, 0L))
                    .toList();
            if (!isLawful(category, metric, count, shares)) {
                broken.add("I15 " + metric.attribute() + key + " by " + dimension + ": " + shares + " of " + count);
            }
        });
    }

    /** An error may belong to nobody; every other count belongs to somebody. */
    private boolean isLawful(Category category, MetricDescription metric, long count, List<Long> shares) {
        long sum = shares.stream().mapToLong(Long::longValue).sum();
        if (overlaps(metric)) {
            return sum >= count && shares.stream().allMatch(share -> share <= count);
        }
        return category == Category.ERRORS ? sum <= count : sum == count;
    }

    private boolean overlaps(MetricDescription metric) {
        Set<String> overlapping = dimension.equals("peer") ? ADDRESSED_TO_SEVERAL_PEERS : MESSAGES_OF_SEVERAL_MODELS;
        return overlapping.contains(metric.attribute());
    }

    private static @Nullable Object valueIn(SyncMetricsSnapshot in, Category category, MetricDescription metric) {
        return in.group(category).values().get(metric.attribute());
    }

    /** A count, or each of a map of counts under its key. */
    private static Map<String, Long> counts(@Nullable Object value) {
        Map<String, Long> counts = new LinkedHashMap<>();
        if (value instanceof Long count) {
            counts.put("", count);
        } else if (value instanceof Map<?, ?> family) {
            family.forEach((key, each) -> {
                if (each instanceof Long count) {
                    counts.put("[" + key + "]", count);
                }
            });
        }
        return counts;
    }
}
