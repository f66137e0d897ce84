package io.librarysync.insight;

import io.librarysync.insight.Formula.Sides;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of one law in one place.
 *
 * @param law its name, such as {@code I2}
 * @param says the law itself: a formula, or words
 * @param place the device, the way from one device to another, or the library
 * @param model null where the law is not asked by model
 * @param sides null where there are no two numbers
 * @param why what is in the way if it is open, what is wrong if it differs; empty if nothing more is known
 * @param parts where a difference sits
 */
public record Finding(
        String law,
        String says,
        Place place,
        @Nullable String model,
        Verdict verdict,
        @Nullable Sides sides,
        String why,
        List<String> parts) {

    /** What is known of a law. */
    public enum Verdict {
        HOLDS,
        /** It cannot be decided. */
        OPEN,
        DIFFERS
    }

    /**
     * Where a law is asked: on one device, on the way from one to another, or over all.
     *
     * @param device null for all
     * @param to null unless it is a way
     */
    public record Place(@Nullable String device, @Nullable String to) {
        static final Place LIBRARY = new Place(null, null);

        static Place on(String device) {
            return new Place(device, null);
        }

        static Place way(String from, String to) {
            return new Place(from, to);
        }

        String text() {
            if (device == null) {
                return "library";
            }
            return to == null ? device : device + " to " + to;
        }
    }

    public Finding {
        parts = List.copyOf(parts);
    }

    static Finding holds(Law.Subject subject, Optional<Sides> sides) {
        return of(subject, Verdict.HOLDS, sides, "", List.of());
    }

    static Finding open(Law.Subject subject, Optional<Sides> sides, String why) {
        return of(subject, Verdict.OPEN, sides, why, List.of());
    }

    static Finding differs(Law.Subject subject, Optional<Sides> sides, String why, List<String> parts) {
        return of(subject, Verdict.DIFFERS, sides, why, parts);
    }

    private static Finding of(
            Law.Subject subject, Verdict verdict, Optional<Sides> sides, String why, List<String> parts) {
        return new Finding(
                subject.law(),
                subject.says(),
                subject.place(),
                subject.model(),
                verdict,
                sides.orElse(null),
                why,
                parts);
    }

    boolean is(Verdict wanted) {
        return verdict == wanted;
    }

    /** Where it is asked, the model included. */
    public String where() {
        return model == null ? place.text() : place.text() + ", " + model;
    }
}
