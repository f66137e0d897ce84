package io.librarysync.export;

import io.librarysync.instrument.MetricDescription;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What people call one number of a snapshot: by its key in the JSON ({@code changes_applied}), by its path
 * ({@code operations.changes_applied}), with a key where it is a map ({@code received_by_route.live}), with a field where it
 * is a distribution ({@code apply_latency_ms.max}); a distribution alone stands for its 95th percentile.
 */
public final class MetricName {
    private static final String USUAL_FIELD = "p95";

    private final NumericMetric metric;
    private final String part;
    private final String text;

    private MetricName(NumericMetric metric, String part) {
        this.metric = metric;
        this.part = part;
        this.text = shortest(metric) + part;
    }

    /** Reads a name; one that is unknown or means several numbers is an {@link IllegalArgumentException}. */
    public static MetricName parse(String text) {
        String name = text.strip();
        List<NumericMetric> meant = NumericMetric.ALL.stream()
                .filter(metric -> rest(name, metric) != null)
                .toList();
        if (meant.isEmpty()) {
            throw unknown(name);
        }
        if (meant.size() > 1) {
            throw new IllegalArgumentException("metric: \"%s\" could be %s"
                    .formatted(
                            name,
                            String.join(
                                    " or ",
                                    meant.stream().map(NumericMetric::path).toList())));
        }
        NumericMetric metric = meant.get(0);
        return new MetricName(metric, part(name, metric, Objects.requireNonNull(rest(name, metric))));
    }

    /** Every metric that has numbers, by its shortest name. */
    public static List<String> all() {
        return NumericMetric.ALL.stream().map(MetricName::shortest).toList();
    }

    /** The shortest name that means this number only. */
    public String text() {
        return text;
    }

    public Category category() {
        return metric.category();
    }

    /** The number in a snapshot; empty where it is not known. */
    public Optional<Quantity> find(SyncMetricsSnapshot snapshot) {
        return metric.quantity(snapshot, part);
    }

    /** The metric that it is, or is a part of. */
    MetricDescription description() {
        return metric.metric();
    }

    /** Whether a filter of the snapshot has left it out. */
    boolean isNotSplit(SyncMetricsSnapshot snapshot) {
        return snapshot.group(category()).notSplit().contains(metric.metric().attribute());
    }

    /** What follows the name of the metric, with its dot; null if the name is of another one. */
    private static @Nullable String rest(String name, NumericMetric metric) {
        return Stream.of(metric.path(), metric.key())
                .filter(prefix -> (name + '.').startsWith(prefix + '.'))
                .map(prefix -> name.substring(prefix.length()))
                .findFirst()
                .orElse(null);
    }

    private static String part(String name, NumericMetric metric, String rest) {
        String field = rest.substring(rest.lastIndexOf('.') + 1);
        boolean named = metric.fields().contains(field);
        String key = named ? rest.substring(0, rest.length() - field.length() - 1) : rest;
        if (metric.isMap() == key.isEmpty()) {
            throw new IllegalArgumentException(
                    metric.isMap()
                            ? "metric: \"%s\" has a number for each key; name one, such as %s.KEY".formatted(name, name)
                            : "metric: \"%s\" has no part of that name%s".formatted(name, choice(metric)));
        }
        if (named || metric.fields().isEmpty()) {
            return rest;
        }
        if (!metric.isLatency()) {
            throw new IllegalArgumentException("metric: \"%s\" is several numbers%s".formatted(name, choice(metric)));
        }
        return key + '.' + USUAL_FIELD;
    }

    private static String choice(NumericMetric metric) {
        return metric.fields().isEmpty() ? "" : "; there is " + String.join(", ", metric.fields());
    }

    private static IllegalArgumentException unknown(String name) {
        String close = String.join(", ", CloseNames.of(name, all()));
        return new IllegalArgumentException("metric: no number is called \"%s\"; ".formatted(name)
                + (close.isEmpty() ? "names are those of: sd sync metrics --json" : "there is " + close));
    }

    private static String shortest(NumericMetric metric) {
        boolean isUnique = NumericMetric.ALL.stream()
                        .filter(other -> other.key().equals(metric.key()))
                        .count()
                == 1;
        return isUnique ? metric.key() : metric.path();
    }
}
