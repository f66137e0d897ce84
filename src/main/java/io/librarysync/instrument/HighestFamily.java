package io.librarysync.instrument;

import io.librarysync.instrument.SeriesKey.Part;
import java.util.List;

/** A highest value with dimensions. */
public final class HighestFamily extends Family<Highest> {
    private final MetricRegistry registry;
    private final boolean ofEpoch;

    HighestFamily(MetricRegistry registry, String name, List<String> dimensions, boolean ofEpoch) {
        super(name, dimensions);
        this.registry = registry;
        this.ofEpoch = ofEpoch;
    }

    public Highest at(String... labels) {
        return series(labels);
    }

    @Override
    Highest newSeries(List<String> labels) {
        return registry.newHighest(SeriesKey.of(name(), Part.LEVEL, labels), ofEpoch);
    }
}
