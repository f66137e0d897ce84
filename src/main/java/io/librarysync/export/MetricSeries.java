package io.librarysync.export;

import io.librarysync.history.MetricsHistory;
import io.librarysync.history.NothingKnownException;
import io.librarysync.history.Steps;
import io.librarysync.history.Window;
import io.librarysync.instrument.MetricDescription;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.metrics.SnapshotWindow;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Numbers over time. What adds up shows how much it rose in a step, everything else its value at the end of the step.
 *
 * @param names of the numbers, in the order of the columns
 * @param points one for each step, oldest first
 * @param notFilterable the names that the filter cannot split and that were therefore left out
 */
public record MetricSeries(Steps steps, List<String> names, List<Point> points, List<String> notFilterable) {

    /**
     * What is known of one step.
     *
     * @param window the time that the numbers really speak of; that of the step if there are none
     * @param values by name; absent where nothing is known, and in a step without a sample
     */
    public record Point(SnapshotWindow window, Map<String, Quantity> values) {
        public Point {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    public MetricSeries {
        names = List.copyOf(names);
        points = List.copyOf(points);
        notFilterable = List.copyOf(notFilterable);
    }

    /**
     * Asks a history, step by step.
     *
     * @param filter by peer and model; its categories do not matter
     */
    public static MetricSeries of(
            MetricsHistory history, Steps steps, SnapshotFilter filter, List<MetricName> metrics) {
        SnapshotFilter narrow = new SnapshotFilter(filter.peer(), filter.model(), categories(metrics));
        SyncMetricsSnapshot now = history.capture(Window.CURRENT_EPOCH).snapshot(narrow);
        Function<Window, SyncMetricsSnapshot> answers = answers(history, narrow, metrics);
        return new MetricSeries(
                steps,
                metrics.stream().map(MetricName::text).toList(),
                steps.windows().stream()
                        .map(window -> point(answers, steps, window, metrics))
                        .toList(),
                metrics.stream()
                        .filter(metric -> metric.isNotSplit(now))
                        .map(MetricName::text)
                        .toList());
    }

    /** The values of one number, step by step. */
    List<Optional<Quantity>> column(String name) {
        return points.stream()
                .map(point -> Optional.ofNullable(point.values().get(name)))
                .toList();
    }

    /** The numbers of one window after the other, and nothing beside them. */
    private static Function<Window, SyncMetricsSnapshot> answers(
            MetricsHistory history, SnapshotFilter filter, List<MetricName> metrics) {
        Set<MetricDescription> wanted =
                metrics.stream().map(MetricName::description).collect(Collectors.toSet());
        return history.adjoining().andThen(capture -> capture.snapshot(filter, wanted::contains));
    }

    private static Point point(
            Function<Window, SyncMetricsSnapshot> answers,
            Steps steps,
            Window.Between window,
            List<MetricName> metrics) {
        try {
            SyncMetricsSnapshot snapshot = answers.apply(window);
            SnapshotWindow known = snapshot.window();
            return known.from().equals(known.to())
                    ? new Point(unsampled(steps, window, known.missing()), Map.of())
                    : new Point(known, values(snapshot, metrics));
        } catch (NothingKnownException e) {
            return new Point(unsampled(steps, window, List.of(unknown(window))), Map.of());
        }
    }

    private static Map<String, Quantity> values(SyncMetricsSnapshot snapshot, List<MetricName> metrics) {
        Map<String, Quantity> values = new LinkedHashMap<>();
        metrics.forEach(metric -> metric.find(snapshot).ifPresent(quantity -> values.put(metric.text(), quantity)));
        return values;
    }

    private static SnapshotWindow unsampled(Steps steps, Window.Between window, List<SnapshotWindow.Missing> missing) {
        Instant begin = Objects.requireNonNull(window.since());
        return new SnapshotWindow(begin, steps.endOf(begin), SnapshotWindow.Span.PAST, missing);
    }

    private static SnapshotWindow.Missing unknown(Window.Between window) {
        return new SnapshotWindow.Missing(
                SnapshotWindow.EARLIEST_KNOWN,
                Objects.requireNonNull(window.since()).toEpochMilli());
    }

    private static Set<Category> categories(List<MetricName> metrics) {
        return metrics.stream()
                .map(MetricName::category)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Category.class)));
    }
}
