package io.librarysync.instrument;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One declared metric.
 *
 * @param attribute its name in a bean, such as {@code BytesSent}
 * @param json its key in JSON, such as {@code bytes_sent}
 * @param derived whether it is computed from other metrics of the same group
 */
public record MetricDescription(
        String attribute,
        String json,
        String help,
        String kind,
        String unit,
        List<String> by,
        String key,
        boolean flat,
        boolean derived,
        Method getter) {

    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final List<String> KINDS = List.of(Metric.COUNTER, Metric.GAUGE, Metric.HISTOGRAM, Metric.INFO);

    public MetricDescription {
        by = List.copyOf(by);
        if (!KINDS.contains(kind)) {
            throw new IllegalArgumentException(attribute + " has the kind " + kind + "; known are " + KINDS);
        }
    }

    static MetricDescription of(Method getter) {
        Metric metric = getter.getAnnotation(Metric.class);
        if (metric == null) {
            throw new IllegalArgumentException(getter + " carries no @Metric");
        }
        String attribute = attributeOf(getter);
        return new MetricDescription(
                attribute,
                metric.json().isEmpty() ? jsonOf(attribute, metric.kind()) : metric.json(),
                metric.value(),
                metric.kind(),
                metric.unit(),
                List.of(metric.by()),
                metric.key(),
                metric.flat(),
                getter.isDefault(),
                getter);
    }

    static String attributeOf(Method getter) {
        String name = getter.getName();
        return name.substring(name.startsWith("is") ? 2 : 3);
    }

    /** The declared type of its value. */
    public Type type() {
        return getter.getGenericReturnType();
    }

    /** {@code BytesSent} as {@code bytes_sent}. */
    public static String snakeCase(String name) {
        return WORD_START.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    /** The key of a property in JSON: a moment loses its unit, a duration ends in {@code _ms}. */
    public static String jsonOf(String name) {
        if (name.endsWith("EpochMillis")) {
            return snakeCase(name.substring(0, name.length() - "EpochMillis".length()));
        }
        return name.endsWith("Millis")
                ? snakeCase(name.substring(0, name.length() - "Millis".length())) + "_ms"
                : snakeCase(name);
    }

    private static String jsonOf(String attribute, String kind) {
        return kind.equals(Metric.HISTOGRAM) ? snakeCase(attribute) + "_ms" : jsonOf(attribute);
    }
}
