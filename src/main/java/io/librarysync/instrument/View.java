package io.librarysync.instrument;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A reading, or that part of it which a filter selects. A metric that is not kept by a dimension of the filter cannot be
 * asked for: it is left out, never shown whole.
 */
public class View {
    private final Reading reading;
    private final Map<String, String> filter;
    private final Map<String, Predicate<String>> conditions;

    /** @param filter the wanted label by dimension; empty for everything */
    public View(Reading reading, Map<String, String> filter) {
        this.reading = reading;
        this.filter = Map.copyOf(filter);
        this.conditions = conditionsOf(filter);
    }

    /** The label that the filter asks for; null where it does not restrict this dimension. */
    public final @Nullable String filterBy(String dimension) {
        return filter.get(dimension);
    }

    /** The dimensions that the filter restricts. */
    public final Set<String> restricted() {
        return filter.keySet();
    }

    /** Whether a label passes the filter. */
    public final boolean admits(String dimension, String label) {
        String wanted = filter.get(dimension);
        return wanted == null || wanted.equals(label);
    }

    /** Ends the evaluation of a metric that is not kept by every dimension which the filter restricts. */
    final void requireSplitBy(Collection<String> dimensions) {
        for (String restricted : filter.keySet()) {
            if (!dimensions.contains(restricted)) {
                throw new NotSplitException(restricted);
            }
        }
    }

    public final long sum(CounterFamily family) {
        return sum(family, conditions);
    }

    /** The sum over those series whose label of {@code dimension} is {@code wanted}. */
    public final long sum(CounterFamily family, String dimension, Predicate<String> wanted) {
        return sum(family, with(dimension, wanted));
    }

    /** The sum over a family that is not kept by {@code dimension}, as if the filter did not restrict that. */
    public final long sumAcross(CounterFamily family, String dimension) {
        return sum(family, without(dimension));
    }

    /** The sum, or 0 where the filter restricts a dimension by which the family attributes nothing. */
    public final long sumAttributed(CounterFamily family) {
        return family.dimensions().containsAll(filter.keySet()) ? sum(family) : 0;
    }

    private long sum(CounterFamily family, Map<String, Predicate<String>> wanted) {
        Predicate<Family.Series<Counter>> matching = family.matching(wanted);
        List<Family.Series<Counter>> all = family.all();
        int[] slots = family.slots(all.size());
        long sum = 0;
        for (int i = 0; i < all.size(); i++) {
            long value = reading.value(slots[i]);
            if (value != 0 && matching.test(all.get(i))) { // most are 0, and looking is cheaper than asking
                sum += value;
            }
        }
        return sum;
    }

    /** The sums by the labels of one dimension, in the order in which the labels were first met. */
    public final Map<String, Long> by(CounterFamily family, String dimension) {
        return by(family, dimension, conditions);
    }

    private Map<String, Long> by(CounterFamily family, String dimension, Map<String, Predicate<String>> wanted) {
        Predicate<Family.Series<Counter>> matching = family.matching(wanted);
        int index = family.indexOf(dimension);
        Map<String, Long> sums = new LinkedHashMap<>();
        family.expected(dimension).forEach(label -> sums.put(label, 0L));
        for (Family.Series<Counter> series : family.all()) {
            if (matching.test(series) && !series.labels().get(index).isEmpty()) {
                sums.merge(
                        series.labels().get(index), reading.value(series.cells().slot()), Long::sum);
            }
        }
        return sums;
    }

    /** As {@link #by}, over a family that is not kept by {@code ignored}, as if the filter did not restrict that. */
    public final Map<String, Long> byAcross(CounterFamily family, String dimension, String ignored) {
        return by(family, dimension, without(ignored));
    }

    /** The sums by the labels of several dimensions, in their order. */
    public final Map<List<String>, Long> sumsBy(CounterFamily family, List<String> dimensions) {
        return sumsBy(family, dimensions, conditions);
    }

    /** The same over those series whose label of {@code dimension} is {@code wanted}. */
    public final Map<List<String>, Long> sumsBy(
            CounterFamily family, List<String> dimensions, String dimension, Predicate<String> wanted) {
        return sumsBy(family, dimensions, with(dimension, wanted));
    }

    private Map<List<String>, Long> sumsBy(
            CounterFamily family, List<String> dimensions, Map<String, Predicate<String>> wanted) {
        Predicate<Family.Series<Counter>> matching = family.matching(wanted);
        int[] indexes = dimensions.stream().mapToInt(family::indexOf).toArray();
        Map<List<String>, Long> sums = new HashMap<>();
        for (Family.Series<Counter> series : family.all()) {
            long value = reading.value(series.cells().slot());
            if (value != 0 && matching.test(series)) {
                sums.merge(labels(series, indexes), value, Long::sum);
            }
        }
        return sums;
    }

    /** The sums by the labels of several dimensions, 0 included, of what is attributed to a label of the first. */
    final Map<List<String>, Long> attributedBy(CounterFamily family, List<String> dimensions) {
        Predicate<Family.Series<Counter>> matching = family.matching(conditions);
        int[] indexes = dimensions.stream().mapToInt(family::indexOf).toArray();
        Map<List<String>, Long> sums = new LinkedHashMap<>();
        for (Family.Series<Counter> series : family.all()) {
            if (matching.test(series) && !series.labels().get(indexes[0]).isEmpty()) {
                sums.merge(labels(series, indexes), reading.value(series.cells().slot()), Long::sum);
            }
        }
        return sums;
    }

    private static List<String> labels(Family.Series<?> series, int[] indexes) {
        String[] labels = new String[indexes.length];
        Arrays.setAll(labels, i -> series.labels().get(indexes[i]));
        return List.of(labels);
    }

    /** The highest value; null if none was offered. */
    public final @Nullable Long highest(HighestFamily family) {
        return highestBy(family, series -> "").get("");
    }

    /** The highest values by the labels of one dimension; labels without a value are left out. */
    public final Map<String, Long> highestBy(HighestFamily family, String dimension) {
        int index = family.indexOf(dimension);
        return highestBy(family, series -> series.labels().get(index));
    }

    /** The highest values by the labels of one dimension, whatever the filter; labels without a value are left out. */
    public final Map<String, Long> highestOfAll(HighestFamily family, String dimension) {
        int index = family.indexOf(dimension);
        return highestBy(family, series -> true, series -> series.labels().get(index));
    }

    private Map<String, Long> highestBy(HighestFamily family, Function<Family.Series<Highest>, String> label) {
        return highestBy(family, family.matching(conditions), label);
    }

    private Map<String, Long> highestBy(
            HighestFamily family,
            Predicate<Family.Series<Highest>> matching,
            Function<Family.Series<Highest>, String> label) {
        Map<String, Long> highest = new TreeMap<>();
        for (Family.Series<Highest> series : family.all()) {
            long value = reading.highest(series.cells());
            if (value != Highest.NONE && matching.test(series)) {
                highest.merge(label.apply(series), value, Math::max);
            }
        }
        return highest;
    }

    public final Distribution distribution(LatencyFamily family) {
        Predicate<Family.Series<Latency>> matching = family.matching(conditions);
        Distribution merged = Distribution.empty();
        for (Family.Series<Latency> series : family.all()) {
            if (matching.test(series)) {
                reading.addTo(merged, series.cells());
            }
        }
        return merged;
    }

    /** The distributions by the labels of one dimension. */
    public final Map<String, Distribution> distributionsBy(LatencyFamily family, String dimension) {
        Predicate<Family.Series<Latency>> matching = family.matching(conditions);
        int index = family.indexOf(dimension);
        Map<String, Distribution> merged = new LinkedHashMap<>();
        for (Family.Series<Latency> series : family.all()) {
            if (matching.test(series)) {
                Distribution target = merged.computeIfAbsent(series.labels().get(index), label -> Distribution.empty());
                reading.addTo(target, series.cells());
            }
        }
        return merged;
    }

    private Map<String, Predicate<String>> with(String dimension, Predicate<String> wanted) {
        Map<String, Predicate<String>> all = new HashMap<>(conditions);
        all.merge(dimension, wanted, Predicate::and);
        return all;
    }

    private Map<String, Predicate<String>> without(String dimension) {
        Map<String, Predicate<String>> others = new HashMap<>(conditions);
        others.remove(dimension);
        return others;
    }

    private static Map<String, Predicate<String>> conditionsOf(Map<String, String> filter) {
        Map<String, Predicate<String>> conditions = new HashMap<>();
        filter.forEach((dimension, label) -> conditions.put(dimension, label::equals));
        return conditions;
    }
}
