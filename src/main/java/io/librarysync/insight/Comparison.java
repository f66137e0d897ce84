package io.librarysync.insight;

import io.librarysync.export.Quantities;
import io.librarysync.export.Quantity;
import io.librarysync.export.SnapshotJson;
import io.librarysync.insight.Change.Lengths;
import io.librarysync.metrics.SnapshotWindow;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is different between two windows.
 *
 * @param differences the most unusual first, ties by name
 */
public record Comparison(Side before, Side after, List<Difference> differences) {
    private static final List<String> FIELDS = List.of("count", "p50", "p95", "p99");
    private static final Comparator<Difference> ORDER =
            Comparator.comparingDouble(Difference::unusual).reversed().thenComparing(Difference::metric);

    /**
     * What one side speaks of.
     *
     * @param device the name of the device
     * @param peer the id of the device that the numbers are restricted to; null for all
     * @param model null for all
     * @param notFilterable the paths of the metrics that could not be restricted and were left out
     */
    public record Side(
            String device,
            SnapshotWindow window,
            @Nullable String peer,
            @Nullable String model,
            List<String> notFilterable) {
        public Side {
            notFilterable = List.copyOf(notFilterable);
        }

        static Side of(SyncMetricsSnapshot snapshot) {
            return new Side(
                    snapshot.device().name(),
                    snapshot.window(),
                    snapshot.peer(),
                    snapshot.model(),
                    SnapshotJson.notFilterable(snapshot));
        }

        double seconds() {
            return Duration.between(window.from(), window.to()).toMillis() / 1_000.0;
        }
    }

    public Comparison {
        differences = List.copyOf(differences);
    }

    public static Comparison of(SyncMetricsSnapshot before, SyncMetricsSnapshot after) {
        Side first = Side.of(before);
        Side second = Side.of(after);
        Sides sides =
                new Sides(Quantities.of(before), Quantities.of(after), new Lengths(first.seconds(), second.seconds()));
        return new Comparison(first, second, sides.differences());
    }

    /** Without what is the same on both sides. */
    public Comparison changed() {
        return new Comparison(
                before, after, differences.stream().filter(Difference::isChange).toList());
    }

    /** The most unusual ones. */
    public Comparison first(int most) {
        return new Comparison(before, after, differences.stream().limit(most).toList());
    }

    /** The numbers of both sides. */
    private record Sides(Quantities before, Quantities after, Lengths lengths) {

        List<Difference> differences() {
            return byName().entrySet().stream()
                    .map(metric -> Difference.of(metric.getKey(), changes(metric.getValue()), lengths))
                    .sorted(ORDER)
                    .toList();
        }

        private Map<String, Map<String, Quantity>> byName() {
            Map<String, Map<String, Quantity>> byName = new LinkedHashMap<>();
            Stream.of(before, after)
                    .flatMap(side -> side.byPath().values().stream())
                    .filter(quantity -> quantity.field().isEmpty() || FIELDS.contains(quantity.field()))
                    .forEach(quantity -> byName.computeIfAbsent(quantity.name(), name -> new LinkedHashMap<>())
                            .putIfAbsent(quantity.field(), quantity));
            return byName;
        }

        private List<Change> changes(Map<String, Quantity> fields) {
            return fields.values().stream()
                    .map(like -> Change.of(like, value(before, like), value(after, like), lengths))
                    .toList();
        }

        /** Its value on one side; what was never counted there is 0. */
        private static @Nullable Number value(Quantities side, Quantity like) {
            Optional<Number> value = side.find(like.path()).map(Quantity::value);
            boolean isZero = like.kind() == Quantity.Kind.COUNTER && side.knows(like);
            return value.orElse(isZero ? (Number) 0L : null);
        }
    }
}
