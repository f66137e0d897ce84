package io.librarysync.insight;

import io.librarysync.export.Quantity;
import io.librarysync.insight.Change.Lengths;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One metric in two windows.
 *
 * @param metric its path and, in a map, the key
 * @param changes one for a plain number; for a distribution its count, then its percentiles
 * @param unusual how little chance explains it; 0 for no difference, and where one side is not known or an empty
 *     distribution. For what is counted,
 *     with {@code a} in {@code s} seconds before and {@code b} in {@code t} seconds after, it is {@code |L| · (1 − exp(−z²/2))}:
 *     {@code L = ln((b + ½)/t) − ln((a + ½)/s)} is the logarithm of the ratio of the rates, {@code z} is {@code L} in standard
 *     errors, {@code √(1/(a + ½) + 1/(b + ½))}, as if both were Poisson distributed. A level is taken as if it were counted in
 *     windows of one length, a level below 0 as its distance to 0. For a distribution it is
 *     {@code |ln(p95 after / p95 before)| · n/(n + 20)} with the smaller of the two counts as {@code n}: of 20 values one lies
 *     above the 95th percentile
 */
public record Difference(String metric, List<Change> changes, double unusual) {
    private static final String P95 = "p95";
    private static final double HALF = 0.5;
    private static final double VALUES_FOR_A_P95 = 20;
    private static final double SHORTEST_MILLIS = 0.001;

    public Difference {
        changes = List.copyOf(changes);
    }

    static Difference of(String metric, List<Change> changes, Lengths lengths) {
        return new Difference(metric, changes, unusual(changes, lengths));
    }

    /** Whether any number differs, per second for what is counted. */
    boolean isChange() {
        return changes.stream().anyMatch(Difference::differs);
    }

    private static boolean differs(Change change) {
        boolean byRate = change.kind() == Quantity.Kind.COUNTER && change.isKnown();
        return byRate
                ? !Objects.equals(change.beforePerSecond(), change.afterPerSecond())
                : change.beforeOrZero() != change.afterOrZero();
    }

    private static double unusual(List<Change> changes, Lengths lengths) {
        Change first = changes.get(0);
        if (!first.isKnown()) {
            return 0;
        }
        if (!first.field().isEmpty()) {
            return find(changes, P95)
                    .map(p95 -> unusualDistribution(first, p95))
                    .orElse(0.0);
        }
        return first.kind() == Quantity.Kind.COUNTER
                ? unusualCount(first.beforeOrZero(), first.afterOrZero(), lengths)
                : unusualCount(Math.abs(first.beforeOrZero()), Math.abs(first.afterOrZero()), new Lengths(1, 1));
    }

    private static double unusualCount(double before, double after, Lengths lengths) {
        if (lengths.before() <= 0 || lengths.after() <= 0 || before + after == 0) {
            return 0;
        }
        double ratio = Math.log((after + HALF) / lengths.after()) - Math.log((before + HALF) / lengths.before());
        double variance = 1 / (before + HALF) + 1 / (after + HALF);
        return Math.abs(ratio) * (1 - Math.exp(-ratio * ratio / variance / 2));
    }

    private static double unusualDistribution(Change count, Change p95) {
        double ratio =
                Math.log(Math.max(p95.afterOrZero(), SHORTEST_MILLIS) / Math.max(p95.beforeOrZero(), SHORTEST_MILLIS));
        double values = Math.min(count.beforeOrZero(), count.afterOrZero());
        return Math.abs(ratio) * values / (values + VALUES_FOR_A_P95);
    }

    private static Optional<Change> find(List<Change> changes, String field) {
        return changes.stream()
                .filter(change -> change.field().equals(field) && change.isKnown())
                .findFirst();
    }
}
