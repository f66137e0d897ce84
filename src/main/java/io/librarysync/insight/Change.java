package io.librarysync.insight;

import io.librarysync.export.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * One number in two windows. What is null is not known or has no meaning: rates of what does not add up, a relative change
 * from 0.
 *
 * @param field of a distribution, such as {@code p95}; empty for a plain number
 * @param absolute after less before
 * @param beforePerSecond by the true length of the window
 * @param relative of the rates where there are any, else of the values: 0.5 for half as much again
 */
public record Change(
        String field,
        Quantity.Kind kind,
        String unit,
        @Nullable Number before,
        @Nullable Number after,
        @Nullable Number absolute,
        @Nullable Double beforePerSecond,
        @Nullable Double afterPerSecond,
        @Nullable Double relative) {

    static Change of(Quantity like, @Nullable Number before, @Nullable Number after, Lengths lengths) {
        boolean addsUp = like.kind() == Quantity.Kind.COUNTER;
        Double beforeRate = addsUp ? perSecond(before, lengths.before()) : null;
        Double afterRate = addsUp ? perSecond(after, lengths.after()) : null;
        return new Change(
                like.field(),
                like.kind(),
                like.unit(),
                before,
                after,
                difference(before, after),
                beforeRate,
                afterRate,
                addsUp ? relative(beforeRate, afterRate) : relative(before, after));
    }

    /** The lengths of the two windows, in seconds. */
    record Lengths(double before, double after) {}

    private static @Nullable Double perSecond(@Nullable Number number, double seconds) {
        return number == null || seconds <= 0 ? null : number.doubleValue() / seconds;
    }

    private static @Nullable Number difference(@Nullable Number before, @Nullable Number after) {
        if (before == null || after == null) {
            return null;
        }
        return before instanceof Double || after instanceof Double
                ? (Number) (after.doubleValue() - before.doubleValue())
                : (Number) (after.longValue() - before.longValue());
    }

    private static @Nullable Double relative(@Nullable Number before, @Nullable Number after) {
        return before == null || after == null || before.doubleValue() == 0
                ? null
                : after.doubleValue() / before.doubleValue() - 1;
    }

    double beforeOrZero() {
        return before == null ? 0 : before.doubleValue();
    }

    double afterOrZero() {
        return after == null ? 0 : after.doubleValue();
    }

    boolean isKnown() {
        return before != null && after != null;
    }
}
