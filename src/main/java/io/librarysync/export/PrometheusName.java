package io.librarysync.export;

import io.librarysync.instrument.Metric;
import io.librarysync.instrument.MetricDescription;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a metric is called in Prometheus, and in which unit. The name is that of the JSON, with a base unit at its end;
 * {@code total} is left out of it, since it stands at the end of every counter, and {@code counter} is the word for such.
 *
 * @param perBase how many of the metric's own units make one of {@code unit}
 */
record PrometheusName(String text, @Nullable Unit unit, double perBase) {
    private static final String PREFIX = "librarysync";
    private static final String MOMENT = "EpochMillis";
    private static final Unit TIMESTAMP = new Unit("timestamp_seconds");
    private static final String TICKS = "ticks";
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double PERCENT_OF_WHOLE = 100;

    static PrometheusName of(MetricDescription metric) {
        return of(List.of(), metric);
    }

    /** A metric split by a dimension: its name begins with that. */
    static PrometheusName of(String dimension, MetricDescription metric) {
        return of(List.of(dimension), metric);
    }

    private static PrometheusName of(List<String> first, MetricDescription metric) {
        return switch (metric.unit()) {
            case Metric.MILLIS -> named(first, metric.json().replaceFirst("_ms$", ""), Unit.SECONDS, MILLIS_PER_SECOND);
            case Metric.EPOCH_MILLIS -> named(first, metric.json(), TIMESTAMP, MILLIS_PER_SECOND);
            case Metric.BYTES -> named(first, metric.json(), Unit.BYTES, 1);
            case Metric.PERCENT -> named(first, metric.json(), Unit.RATIO, PERCENT_OF_WHOLE);
            default -> named(first, metric.json(), null, 1);
        };
    }

    /** One component of a metric whose values are records; only moments among them have a unit. */
    static PrometheusName ofComponent(MetricDescription metric, String component) {
        List<String> first = List.of(metric.json());
        String name = MetricDescription.jsonOf(component);
        return component.endsWith(MOMENT)
                ? named(first, name, TIMESTAMP, MILLIS_PER_SECOND)
                : named(first, name, null, 1);
    }

    /** A fact about the device itself. */
    static PrometheusName ofFact(String name) {
        return named(List.of(), name, null, 1);
    }

    MetricMetadata metadata(String help) {
        return unit == null ? new MetricMetadata(text, help) : new MetricMetadata(text, help, unit);
    }

    private static PrometheusName named(List<String> first, String json, @Nullable Unit unit, double perBase) {
        List<String> words = new ArrayList<>(List.of(PREFIX));
        words.addAll(first);
        Arrays.stream(json.split("_", -1))
                .filter(word -> !word.equals("total") && (unit == null || !word.equals(unit.toString())))
                .map(word -> word.equals(Metric.COUNTER) ? TICKS : word)
                .forEach(words::add);
        if (unit != null) {
            words.add(unit.toString());
        }
        return new PrometheusName(String.join("_", words), unit, perBase);
    }
}
