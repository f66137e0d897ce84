package io.librarysync.insight;

import io.librarysync.insight.Finding.Place;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the numbers of devices obey. */
sealed interface Law {

    String name();

    /** The law itself: a formula, or words. */
    String says();

    default Subject in(Place place) {
        return in(place, null);
    }

    default Subject in(Place place, @Nullable String model) {
        return new Subject(name(), says(), place, model);
    }

    /** A law in one place. */
    record Subject(String law, String says, Place place, @Nullable String model) {}

    /**
     * Two sums.
     *
     * @param applies whether there is anything to ask of a snapshot
     */
    record OfNumbers(String name, Formula formula, Predicate<Figures> applies) implements Law {
        static OfNumbers of(String name, String formula) {
            return new OfNumbers(name, Formula.parse(formula), figures -> true);
        }

        OfNumbers when(Predicate<Figures> condition) {
            return new OfNumbers(name, formula, condition);
        }

        @Override
        public String says() {
            return formula.text();
        }

        /** The law of one key of a map. */
        OfNumbers at(String label) {
            return new OfNumbers(name, formula.at(label), applies);
        }

        boolean isOfEachKey() {
            return says().contains("[*]");
        }
    }

    /**
     * Something else.
     *
     * @param broken what of a snapshot breaks it
     */
    record InWords(String name, String says, Function<Figures, List<String>> broken) implements Law {}
}
