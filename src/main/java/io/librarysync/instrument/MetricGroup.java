package io.librarysync.instrument;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The live side of one category: each getter that its MXBean interface declares is bound to what records it. A getter with
 * a body is derived from the others and is bound to nothing.
 *
 * @param <I> the interface whose getters declare the metrics
 * @param <V> the view that values are taken from
 */
public abstract class MetricGroup<I, V extends View> {
    private static final Map<Class<?>, List<MetricDescription>> DESCRIBED = new ConcurrentHashMap<>();

    private final Class<I> type;
    private final MetricRegistry registry;
    private final Map<Method, MetricDescription> declared = new LinkedHashMap<>();
    private final Map<String, Function<V, ?>> sources = new LinkedHashMap<>();
    private final Map<MetricDescription, CounterFamily> counted = new LinkedHashMap<>();
    private final Map<MetricDescription, LatencyFamily> timed = new LinkedHashMap<>();

    protected MetricGroup(Class<I> type, MetricRegistry registry) {
        this.type = type;
        this.registry = registry;
        describe(type).forEach(metric -> declared.put(metric.getter(), metric));
    }

    /** The metrics that an interface declares, in the order of its source. */
    public static List<MetricDescription> describe(Class<?> type) {
        return DESCRIBED.computeIfAbsent(type, MetricGroup::read);
    }

    /** An instance of the interface that answers each call from the snapshot of that moment. */
    public static <I> I live(Class<I> type, Supplier<GroupSnapshot<I>> snapshots) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> method.getDeclaringClass() == Object.class
                        ? objectMethod(type, proxy, method, args)
                        : snapshots.get().answer(method)));
    }

    /** The values of all metrics of this group in a view. */
    public final GroupSnapshot<I> freeze(V view) {
        Map<String, Object> values = new LinkedHashMap<>();
        Set<String> notSplit = new LinkedHashSet<>();
        declared.values().stream().filter(metric -> !metric.derived()).forEach(metric -> {
            try {
                put(values, metric.attribute(), valueOf(metric, view));
            } catch (NotSplitException e) {
                notSplit.add(metric.attribute());
            }
        });
        return GroupSnapshot.of(type, values, notSplit);
    }

    /** The values of some metrics of this group in a view; nothing else is computed but what those are derived from. */
    public final GroupSnapshot<I> freeze(V view, Predicate<MetricDescription> wanted) {
        I all = GroupSnapshot.answering(type, this, attribute -> recorded(attribute, view));
        Map<String, Object> values = new LinkedHashMap<>();
        Set<String> notSplit = new LinkedHashSet<>();
        declared.values().stream().filter(wanted).forEach(metric -> {
            try {
                Object value =
                        metric.derived() ? GroupSnapshot.invokeDefault(all, metric.getter()) : valueOf(metric, view);
                put(values, metric.attribute(), value);
            } catch (NotSplitException e) {
                notSplit.add(metric.attribute());
            }
        });
        return new GroupSnapshot<>(type, values, notSplit);
    }

    /**
     * The counters that are kept by a dimension, split by it. Those that have counted nothing are left out, and what is
     * computed from several of them is.
     */
    public final List<Parts> parts(V view, String dimension) {
        return counted.entrySet().stream()
                .filter(bound -> bound.getKey().by().contains(dimension) && view.sum(bound.getValue()) != 0)
                .map(bound -> parts(view, bound.getKey(), bound.getValue(), dimension))
                .toList();
    }

    private Parts parts(V view, MetricDescription metric, CounterFamily family, String dimension) {
        List<String> dimensions = metric.key().isEmpty() ? List.of(dimension) : List.of(dimension, metric.key());
        return new Parts(metric, dimensions, view.attributedBy(family, dimensions));
    }

    /** The distributions by attribute, each by the labels of its key; under an empty label if it has none. */
    public final Map<String, Map<String, Distribution>> distributions(V view) {
        Map<String, Map<String, Distribution>> distributions = new LinkedHashMap<>();
        timed.forEach((metric, family) -> distributions.put(
                metric.attribute(),
                metric.key().isEmpty()
                        ? Map.of("", view.distribution(family))
                        : view.distributionsBy(family, metric.key())));
        return distributions;
    }

    /** Fails unless every declared metric is recorded by something. */
    public final void requireAllBound() {
        for (MetricDescription metric : declared.values()) {
            if (!metric.derived() && !sources.containsKey(metric.attribute())) {
                throw new IllegalStateException(
                        metric.getter().getName() + "() is declared but nothing records it; bind it in " + getClass());
            }
        }
    }

    protected final Counter counter(Function<I, Long> getter) {
        return counters(getter).at();
    }

    /** A counter by the declared dimensions, and by the key of its map if it is one. */
    protected final CounterFamily counters(Function<I, ?> getter) {
        MetricDescription metric = metric(getter);
        CounterFamily family = registry.counters(nameOf(metric.attribute()), dimensionsOf(metric));
        bind(metric, view -> metric.key().isEmpty() ? view.sum(family) : view.by(family, metric.key()));
        counted.put(metric, family);
        return family;
    }

    /** Cells that several metrics are computed from, with no attribute of their own. */
    protected final CounterFamily cells(String name, String... dimensions) {
        return registry.counters(nameOf(name), List.of(dimensions));
    }

    /** Highest values that outlive epochs, with no attribute of their own. */
    protected final HighestFamily latestCells(String name, String... dimensions) {
        return registry.highests(nameOf(name), List.of(dimensions), false);
    }

    protected final Latency latency(Function<I, Latency.Summary> getter) {
        return latencies(getter).at();
    }

    protected final LatencyFamily latencies(Function<I, ?> getter) {
        MetricDescription metric = metric(getter);
        LatencyFamily family = registry.latencies(nameOf(metric.attribute()), dimensionsOf(metric));
        bind(
                metric,
                view -> metric.key().isEmpty()
                        ? view.distribution(family).summary()
                        : summaries(view.distributionsBy(family, metric.key())));
        timed.put(metric, family);
        return family;
    }

    /** The highest value since the epoch began. */
    protected final Highest peak(Function<I, Long> getter) {
        return highests(getter, true).at();
    }

    /** The latest of some moments; it outlives epochs. */
    protected final HighestFamily latest(Function<I, ?> getter) {
        return highests(getter, false);
    }

    /** A level that something else knows, or a value computed from several cells; null where it is unknown. */
    protected final <T> void value(Function<I, T> getter, Function<V, @Nullable T> source) {
        bind(metric(getter), source);
    }

    private HighestFamily highests(Function<I, ?> getter, boolean ofEpoch) {
        MetricDescription metric = metric(getter);
        HighestFamily family = registry.highests(nameOf(metric.attribute()), dimensionsOf(metric), ofEpoch);
        bind(metric, view -> metric.key().isEmpty() ? view.highest(family) : view.highestBy(family, metric.key()));
        return family;
    }

    private void bind(MetricDescription metric, Function<V, ?> source) {
        if (sources.put(metric.attribute(), source) != null) {
            throw new IllegalStateException(metric.attribute() + " is bound twice in " + getClass());
        }
    }

    private @Nullable Object valueOf(MetricDescription metric, V view) {
        view.requireSplitBy(dimensionsOf(metric));
        Function<V, ?> source = sources.get(metric.attribute());
        if (source == null) {
            throw new IllegalStateException(metric.attribute() + " is not bound");
        }
        return source.apply(view);
    }

    /** The value of a metric by its attribute; null if it is derived. */
    private @Nullable Object recorded(String attribute, V view) {
        return sources.containsKey(attribute) ? valueOf(byAttribute(attribute), view) : null;
    }

    private MetricDescription byAttribute(String attribute) {
        return declared.values().stream()
                .filter(metric -> metric.attribute().equals(attribute))
                .findFirst()
                .orElseThrow();
    }

    private MetricDescription metric(Function<I, ?> getter) {
        MetricDescription metric = declared.get(GetterProbe.getterOf(type, getter));
        if (metric == null) {
            throw new IllegalArgumentException("no getter of " + type + " was named");
        }
        return metric;
    }

    private String nameOf(String metric) {
        return type.getSimpleName().replaceFirst("MXBean$", "") + '.' + metric;
    }

    private static List<String> dimensionsOf(MetricDescription metric) {
        if (metric.key().isEmpty() || metric.by().contains(metric.key())) {
            return metric.by();
        }
        List<String> dimensions = new ArrayList<>(metric.by());
        dimensions.add(metric.key());
        return dimensions;
    }

    private static Map<String, Latency.Summary> summaries(Map<String, Distribution> distributions) {
        Map<String, Latency.Summary> summaries = new LinkedHashMap<>();
        distributions.forEach((label, distribution) -> summaries.put(label, distribution.summary()));
        return summaries;
    }

    private static void put(Map<String, Object> values, String attribute, @Nullable Object value) {
        if (value != null) {
            values.put(attribute, value);
        }
    }

    private static List<MetricDescription> read(Class<?> type) {
        List<String> order = DeclarationOrder.of(type);
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !method.isSynthetic() && !Modifier.isStatic(method.getModifiers()))
                .sorted(Comparator.comparingInt(method -> order.indexOf(method.getName())))
                .map(MetricDescription::of)
                .toList();
    }

    private static @Nullable Object objectMethod(Class<?> type, Object proxy, Method method, Object[] args) {
        return switch (method.getName()) {
            case "equals" -> proxy == args[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "live " + type.getSimpleName();
        };
    }
}
