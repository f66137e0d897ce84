package io.librarysync.instrument;

import java.util.List;

/** A distribution of durations with dimensions. */
public final class LatencyFamily extends Family<Latency> {
    private final MetricRegistry registry;

    LatencyFamily(MetricRegistry registry, List<String> dimensions) {
        super(dimensions);
        this.registry = registry;
    }

    public Latency at(String... labels) {
        return series(labels);
    }

    @Override
    Latency newSeries() {
        return new Latency(registry);
    }
}
