package io.librarysync.instrument;

import java.util.List;

/** A counter with dimensions. */
public final class CounterFamily extends Family<Counter> {
    private final MetricRegistry registry;

    CounterFamily(MetricRegistry registry, String name, List<String> dimensions) {
        super(name, dimensions);
        this.registry = registry;
    }

    /** The counter of these labels, one for each dimension; hold it rather than ask again. */
    public Counter at(String... labels) {
        return series(labels);
    }

    @Override
    Counter newSeries() {
        return new Counter(registry.stripes(), registry.allocate(1));
    }
}
