package io.librarysync.export;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The labels of a page, each made once: they are checked when they are made, and a device has the same in many families. */
final class SharedLabels {
    private final Map<String, Map<String, Labels>> byName = new HashMap<>();
    private final Map<List<String>, Map<List<String>, Labels>> byNames = new HashMap<>();

    Labels of(String name, String value) {
        return byName.computeIfAbsent(name, unknown -> new HashMap<>())
                .computeIfAbsent(value, unknown -> Labels.of(name, value));
    }

    Labels of(List<String> names, List<String> values) {
        return names.size() == 1
                ? of(names.get(0), values.get(0))
                : byNames.computeIfAbsent(names, unknown -> new HashMap<>())
                        .computeIfAbsent(values, unknown -> Labels.of(names, values));
    }
}
