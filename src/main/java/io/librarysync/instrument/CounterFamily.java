package io.librarysync.instrument;

import io.librarysync.instrument.SeriesKey.Part;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A counter with dimensions. */
public final class CounterFamily extends Family<Counter> {
    private final MetricRegistry registry;
    private final Places.Lane lane;
    private final Map<String, List<String>> expected = new ConcurrentHashMap<>();
    private volatile int[] slots = new int[0];

    CounterFamily(MetricRegistry registry, String name, List<String> dimensions) {
        super(name, dimensions);
        this.registry = registry;
        this.lane = registry.newLane();
    }

    /** The counter of these labels, one for each dimension; hold it rather than ask again. */
    public Counter at(String... labels) {
        return series(labels);
    }

    /** Declares labels of one dimension that are shown, at 0, before anything was counted under them. */
    public CounterFamily expecting(String dimension, List<String> labels) {
        expected.put(dimension, List.copyOf(labels));
        return this;
    }

    /** The labels of a dimension that are shown in any case. */
    List<String> expected(String dimension) {
        return expected.getOrDefault(dimension, List.of());
    }

    /** The slots of the first {@code count} series, in their order; the caller must not change them. */
    int[] slots(int count) {
        int[] known = slots;
        if (known.length < count) {
            known = all().stream().mapToInt(series -> series.cells().slot()).toArray();
            slots = known;
        }
        return known;
    }

    @Override
    Counter newSeries(List<String> labels) {
        return new Counter(registry.ownStripes(), lane.add(SeriesKey.of(name(), Part.COUNT, labels)));
    }
}
