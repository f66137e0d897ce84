package io.librarysync.instrument;

import java.util.List;

/** A distribution of durations with dimensions. */
public final class LatencyFamily extends Family<Latency> {
    private final MetricRegistry registry;

    LatencyFamily(MetricRegistry registry, String name, List<String> dimensions) {
        super(name, dimensions);
        this.registry = registry;
    }

    public Latency at(String... labels) {
        return series(labels);
    }

    @Override
    Latency newSeries(List<String> labels) {
        return new Latency(registry, name(), labels);
    }
}
