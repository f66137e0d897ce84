package io.librarysync.instrument;

import java.util.List;

/** A distribution of durations with dimensions. */
public final class LatencyFamily extends Family<Latency> {
    private final MetricRegistry registry;
    private final Places.Lane sums;
    private final Places.Lane pages;

    LatencyFamily(MetricRegistry registry, String name, List<String> dimensions) {
        super(name, dimensions);
        this.registry = registry;
        this.sums = registry.newLane();
        this.pages = registry.newLane();
    }

    public Latency at(String... labels) {
        return series(labels);
    }

    @Override
    Latency newSeries(List<String> labels) {
        return new Latency(registry, name(), labels, sums, pages);
    }
}
