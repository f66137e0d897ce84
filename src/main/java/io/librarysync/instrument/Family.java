package io.librarysync.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * One metric with dimensions: a series for each combination of labels that was asked for. A series is made once and then
 * held; it exists, at zero, from that moment. An empty label stands for <em>not attributed</em>.
 */
abstract sealed class Family<S> permits CounterFamily, LatencyFamily, HighestFamily {

    /** One combination of labels and what records it. */
    record Series<S>(List<String> labels, S cells) {}

    private final String name;
    private final List<String> dimensions;
    private final Map<List<String>, S> byLabels = new ConcurrentHashMap<>();
    private final List<Series<S>> growing = new ArrayList<>();
    private volatile List<Series<S>> known = List.of();
    private volatile boolean grown;

    Family(String name, List<String> dimensions) {
        this.name = name;
        this.dimensions = List.copyOf(dimensions);
    }

    /** Its name, unique in its registry and the same in every run. */
    final String name() {
        return name;
    }

    /** The dimensions, in the order in which labels are given. */
    public final List<String> dimensions() {
        return dimensions;
    }

    abstract S newSeries(List<String> labels);

    final S series(String... labels) {
        return series(List.of(labels));
    }

    final S series(List<String> key) {
        if (key.size() != dimensions.size()) {
            throw new IllegalArgumentException("labels " + key + " do not fit the dimensions " + dimensions);
        }
        S made = byLabels.get(key);
        return made != null ? made : add(key);
    }

    private synchronized S add(List<String> key) {
        return byLabels.computeIfAbsent(key, labels -> {
            S made = newSeries(labels);
            growing.add(new Series<>(labels, made));
            grown = true;
            return made;
        });
    }

    /** Every series made so far. */
    final List<Series<S>> all() {
        return grown ? publish() : known;
    }

    private synchronized List<Series<S>> publish() {
        if (grown) {
            known = List.copyOf(growing);
            grown = false;
        }
        return known;
    }

    /** The position of a dimension among the labels. */
    final int indexOf(String dimension) {
        int index = dimensions.indexOf(dimension);
        if (index < 0) {
            throw new NotSplitException(dimension);
        }
        return index;
    }

    /** Whether a series matches every condition; a dimension that this family lacks cannot be asked for. */
    final Predicate<Series<S>> matching(Map<String, Predicate<String>> conditions) {
        Predicate<Series<S>> all = series -> true;
        for (Map.Entry<String, Predicate<String>> condition : conditions.entrySet()) {
            int index = indexOf(condition.getKey());
            Predicate<String> label = condition.getValue();
            all = all.and(series -> label.test(series.labels().get(index)));
        }
        return all;
    }
}
