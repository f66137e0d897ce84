package io.librarysync.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.librarysync.instrument.Metric;
import io.librarysync.instrument.MetricDescription;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A declared metric that is a number, or has numbers in it. */
record NumericMetric(Category category, MetricDescription metric) {
    static final List<NumericMetric> ALL = Arrays.stream(Category.values())
            .flatMap(category -> MetricGroup.describe(category.type()).stream()
                    .filter(metric -> !metric.flat() && !metric.kind().equals(Metric.INFO))
                    .map(metric -> new NumericMetric(category, metric)))
            .toList();

    private static final String COUNT = "count";
    private static final Set<String> ADDING_UP = Set.of(COUNT, "sum");
    private static final Set<Type> NUMBERS = Set.of(long.class, Long.class, double.class, Double.class);

    String path() {
        return SnapshotJson.path(category, metric);
    }

    String key() {
        return SnapshotJson.key(metric);
    }

    boolean isMap() {
        return metric.type() instanceof ParameterizedType;
    }

    boolean isLatency() {
        return metric.kind().equals(Metric.HISTOGRAM);
    }

    /** The numbers that each of its values has by name; none for a plain number. */
    List<String> fields() {
        Class<?> value = (Class<?>)
                (metric.type() instanceof ParameterizedType map ? map.getActualTypeArguments()[1] : metric.type());
        return value.isRecord()
                ? Stream.of(value.getRecordComponents())
                        .filter(NumericMetric::isNumber)
                        .map(component -> MetricDescription.jsonOf(component.getName()))
                        .toList()
                : List.of();
    }

    Optional<Object> valueIn(SyncMetricsSnapshot snapshot) {
        return snapshot.has(category)
                ? Optional.ofNullable(snapshot.group(category).values().get(metric.attribute()))
                : Optional.empty();
    }

    List<Quantity> quantities(SyncMetricsSnapshot snapshot) {
        return valueIn(snapshot).map(this::quantities).orElse(List.of());
    }

    /**
     * One of the numbers; empty where it is not known.
     *
     * @param part what follows the path of the metric in its own: the key and the field, each after a dot
     */
    Optional<Quantity> quantity(SyncMetricsSnapshot snapshot, String part) {
        String path = path() + part;
        return valueIn(snapshot).map(value -> quantities(onlyWith(part, value))).orElse(List.of()).stream()
                .filter(quantity -> quantity.path().equals(path))
                .findFirst();
    }

    /** Of a map, the entries with whose key a part begins; every other value as it is. */
    private static Object onlyWith(String part, Object value) {
        return value instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .filter(entry -> (part + '.').startsWith("." + entry.getKey() + '.'))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))
                : value;
    }

    private List<Quantity> quantities(Object value) {
        List<Quantity> quantities = new ArrayList<>();
        add(path(), JsonValues.write(metric.attribute(), value), quantities);
        return quantities;
    }

    private void add(String name, JsonNode json, List<Quantity> quantities) {
        if (isLatency() && json.has(COUNT)) {
            json.properties().forEach(field -> quantities.add(field(name, field.getKey(), field.getValue())));
        } else if (json.isObject()) {
            json.properties().forEach(item -> add(name + '.' + item.getKey(), item.getValue(), quantities));
        } else if (json.isNumber()) {
            quantities.add(new Quantity(name, "", kind(), metric.unit(), json.numberValue()));
        } else if (json.isBoolean() && name.equals(path())) {
            quantities.add(new Quantity(name, "", kind(), metric.unit(), json.booleanValue() ? 1 : 0));
        }
    }

    private Quantity field(String name, String field, JsonNode value) {
        return new Quantity(
                name,
                field,
                ADDING_UP.contains(field) ? Quantity.Kind.COUNTER : Quantity.Kind.LATENCY,
                field.equals(COUNT) ? Metric.ONE : metric.unit(),
                value.numberValue());
    }

    private Quantity.Kind kind() {
        return metric.kind().equals(Metric.COUNTER) ? Quantity.Kind.COUNTER : Quantity.Kind.GAUGE;
    }

    private static boolean isNumber(RecordComponent component) {
        return NUMBERS.contains(component.getType()) && !component.getName().endsWith("EpochMillis");
    }
}
