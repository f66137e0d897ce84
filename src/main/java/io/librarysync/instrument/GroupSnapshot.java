package io.librarysync.instrument;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of one category at one moment, by attribute in declared order. A metric that is unknown has no value; one
 * that the filter cannot split has none either and is named in {@code notSplit}.
 */
public record GroupSnapshot<I>(Class<I> type, Map<String, Object> values, Set<String> notSplit) {

    public GroupSnapshot {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        notSplit = Collections.unmodifiableSet(new LinkedHashSet<>(notSplit));
    }

    /** Completes recorded values by the derived ones. */
    public static <I> GroupSnapshot<I> of(Class<I> type, Map<String, Object> recorded, Set<String> notSplit) {
        GroupSnapshot<I> known = new GroupSnapshot<>(type, recorded, notSplit);
        I self = known.as();
        Map<String, Object> values = new LinkedHashMap<>();
        Set<String> missing = new LinkedHashSet<>(notSplit);
        for (MetricDescription metric : MetricGroup.describe(type)) {
            try {
                Object value =
                        metric.derived() ? invokeDefault(self, metric.getter()) : recorded.get(metric.attribute());
                if (value != null) {
                    values.put(metric.attribute(), value);
                }
            } catch (NotSplitException e) {
                missing.add(metric.attribute());
            }
        }
        return new GroupSnapshot<>(type, values, missing);
    }

    /** These values behind the interface that declares them; an unknown number is −1, anything else unknown is null. */
    public I as() {
        return answering(type, this, this::value);
    }

    /** The interface, each value found when it is asked for; it equals what {@code self} equals. */
    static <I> I answering(Class<I> type, Object self, Function<String, @Nullable Object> values) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> method.getDeclaringClass() == Object.class
                        ? method.invoke(self, args)
                        : answer(proxy, method, values)));
    }

    /** The value of one metric; empty where it is unknown or left out. */
    @SuppressWarnings("unchecked") // a getter's values are of its own type
    public <T> Optional<T> find(Function<I, T> getter) {
        Method method = Objects.requireNonNull(GetterProbe.getterOf(type, getter));
        return Optional.ofNullable((T) values.get(MetricDescription.attributeOf(method)));
    }

    /** What {@link #as} answers to one of its getters. */
    @Nullable
    Object answer(Method getter) throws Throwable {
        Object known = values.get(MetricDescription.attributeOf(getter));
        return known != null ? known : answer(as(), getter, this::value);
    }

    private @Nullable Object value(String attribute) {
        if (notSplit.contains(attribute)) {
            throw new NotSplitException("the filter");
        }
        return values.get(attribute);
    }

    private static @Nullable Object answer(Object proxy, Method method, Function<String, @Nullable Object> values)
            throws Throwable {
        Object value = values.apply(MetricDescription.attributeOf(method));
        if (value != null) {
            return value;
        }
        return method.isDefault() ? InvocationHandler.invokeDefault(proxy, method) : unknown(method.getReturnType());
    }

    static @Nullable Object invokeDefault(Object self, Method getter) {
        try {
            return InvocationHandler.invokeDefault(self, getter);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(getter + " failed", e);
        }
    }

    private static @Nullable Object unknown(Class<?> type) {
        if (type == long.class) {
            return -1L;
        }
        if (type == int.class) {
            return -1;
        }
        if (type == double.class) {
            return -1.0;
        }
        return type == boolean.class ? Boolean.FALSE : null;
    }
}
