package io.librarysync.metrics;

import java.util.Locale;

/** The five groups that metrics are shown in. */
public enum Category {
    STATE("State", StateMetricsMXBean.class),
    OPERATIONS("Operations", OperationMetricsMXBean.class),
    DATA_VOLUME("DataVolume", DataVolumeMetricsMXBean.class),
    PERFORMANCE("Performance", PerformanceMetricsMXBean.class),
    ERRORS("Errors", ErrorMetricsMXBean.class);

    private final String beanName;
    private final Class<?> type;

    Category(String beanName, Class<?> type) {
        this.beanName = beanName;
        this.type = type;
    }

    /** The {@code name} key of its bean. */
    public String beanName() {
        return beanName;
    }

    /** The interface that declares its metrics. */
    public Class<?> type() {
        return type;
    }

    /** Its key in JSON, and its name in filters. */
    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@code data_volume} or {@code data-volume}; anything else is an {@link IllegalArgumentException}. */
    public static Category parse(String text) {
        for (Category category : values()) {
            if (category.json().equals(text.replace('-', '_').toLowerCase(Locale.ROOT))) {
                return category;
            }
        }
        throw new IllegalArgumentException(
                "unknown category \"" + text + "\"; known are state, operations, data_volume, performance, errors");
    }
}
