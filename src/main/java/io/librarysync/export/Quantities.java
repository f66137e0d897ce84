package io.librarysync.export;

import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All numbers of a snapshot in the order of the JSON.
 *
 * @param byPath each under its path
 * @param metrics the paths of the metrics that have a value, if only an empty map
 */
public record Quantities(Map<String, Quantity> byPath, List<String> metrics) {

    public Quantities {
        byPath = Collections.unmodifiableMap(new LinkedHashMap<>(byPath));
        metrics = List.copyOf(metrics);
    }

    public static Quantities of(SyncMetricsSnapshot snapshot) {
        Map<String, Quantity> byPath = new LinkedHashMap<>();
        List<String> metrics = new ArrayList<>();
        for (NumericMetric metric : NumericMetric.ALL) {
            if (metric.valueIn(snapshot).isPresent()) {
                metrics.add(metric.path());
                metric.quantities(snapshot).forEach(quantity -> byPath.put(quantity.path(), quantity));
            }
        }
        return new Quantities(byPath, metrics);
    }

    public Optional<Quantity> find(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** Whether a number that is absent would have been there if there were anything to tell. */
    public boolean knows(Quantity other) {
        return metrics.stream()
                .anyMatch(metric -> other.name().equals(metric) || other.name().startsWith(metric + '.'));
    }
}
