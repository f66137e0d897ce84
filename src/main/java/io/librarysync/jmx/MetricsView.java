package io.librarysync.jmx;

import io.librarysync.instrument.GroupSnapshot;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.DataVolumeMetricsMXBean;
import io.librarysync.metrics.ErrorMetricsMXBean;
import io.librarysync.metrics.OperationMetricsMXBean;
import io.librarysync.metrics.PerformanceMetricsMXBean;
import io.librarysync.metrics.StateMetricsMXBean;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot in the open types of JMX. A category that was not asked for is null; so is a value that is unknown or could not
 * be split by the filter, where its type has a null: a number then is −1, a truth value false. {@code notFilterable} tells
 * which were not split.
 *
 * @param number rises by one with each snapshot of a run
 * @param windowComplete false when part of what was asked for is not known
 * @param peer the device id that the numbers are restricted to; null for all
 * @param model the model that the numbers are restricted to; null for all
 * @param notFilterable the attributes that the filter cannot split
 */
public record MetricsView(
        long number,
        long timestampEpochMillis,
        boolean enabled,
        String libraryId,
        String libraryName,
        String deviceId,
        String deviceName,
        String epochId,
        long windowFromEpochMillis,
        long windowToEpochMillis,
        boolean windowComplete,
        @Nullable String peer,
        @Nullable String model,
        List<String> notFilterable,
        @Nullable StateValues state,
        @Nullable OperationValues operations,
        @Nullable DataVolumeValues dataVolume,
        @Nullable PerformanceValues performance,
        @Nullable ErrorValues errors) {

    /** The values of the category State. */
    public interface StateValues extends StateMetricsMXBean {}

    /** The values of the category Operations. */
    public interface OperationValues extends OperationMetricsMXBean {}

    /** The values of the category DataVolume. */
    public interface DataVolumeValues extends DataVolumeMetricsMXBean {}

    /** The values of the category Performance. */
    public interface PerformanceValues extends PerformanceMetricsMXBean {}

    /** The values of the category Errors. */
    public interface ErrorValues extends ErrorMetricsMXBean {}

    static MetricsView of(SyncMetricsSnapshot snapshot) {
        return new MetricsView(
                snapshot.number(),
                snapshot.timestamp().toEpochMilli(),
                snapshot.enabled(),
                snapshot.library().id(),
                snapshot.library().name(),
                snapshot.device().id(),
                snapshot.device().name(),
                snapshot.epoch().id(),
                snapshot.window().from().toEpochMilli(),
                snapshot.window().to().toEpochMilli(),
                snapshot.window().complete(),
                snapshot.peer(),
                snapshot.model(),
                snapshot.notFilterable(),
                values(snapshot, Category.STATE, StateValues.class),
                values(snapshot, Category.OPERATIONS, OperationValues.class),
                values(snapshot, Category.DATA_VOLUME, DataVolumeValues.class),
                values(snapshot, Category.PERFORMANCE, PerformanceValues.class),
                values(snapshot, Category.ERRORS, ErrorValues.class));
    }

    private static <V> @Nullable V values(SyncMetricsSnapshot snapshot, Category category, Class<V> type) {
        if (!snapshot.has(category)) {
            return null;
        }
        GroupSnapshot<?> group = snapshot.group(category);
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, getter, args) -> valueOf(group, getter, args)));
    }

    private static @Nullable Object valueOf(
            GroupSnapshot<?> group, Method method, @Nullable Object @Nullable [] arguments) throws Exception {
        if (method.getDeclaringClass() == Object.class) {
            return method.invoke(group, arguments);
        }
        String attribute = method.getName().replaceFirst("^(get|is)", "");
        Object value = group.values().get(attribute);
        return value != null ? value : unknown(method.getReturnType());
    }

    private static @Nullable Object unknown(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return -1;
        }
        if (type == long.class) {
            return -1L;
        }
        return type == double.class ? (Object) (-1.0) : null;
    }
}
