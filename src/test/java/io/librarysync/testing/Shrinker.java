package io.librarysync.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Leaves out of a history whatever is not needed for it to fail. */
final class Shrinker {
    private static final int MOST_TRIES = 400;

    private final Predicate<History> fails;
    private int tries;

    private Shrinker(Predicate<History> fails) {
        this.fails = fails;
    }

    /** A history that fails as well and from which nothing more could be left out in a bounded number of tries. */
    static History shrink(History failing, Predicate<History> fails) {
        return new Shrinker(fails).shrink(failing);
    }

    private History shrink(History failing) {
        History smallest = failing;
        int size = Math.max(1, smallest.happenings().size() / 2);
        while (tries < MOST_TRIES) {
            History smaller = without(smallest, size);
            if (smaller.happenings().size() == smallest.happenings().size() && size == 1) {
                return smallest;
            }
            size = smaller.happenings().size() < smallest.happenings().size() ? size : Math.max(1, size / 2);
            smallest = smaller;
        }
        return smallest;
    }

    /** Tries to leave out each stretch of {@code size} happenings, from the end to the beginning. */
    private History without(History from, int size) {
        History smallest = from;
        for (int end = from.happenings().size(); end > 0 && tries < MOST_TRIES; end -= size) {
            List<Happening> fewer = new ArrayList<>(smallest.happenings());
            if (end <= fewer.size()) {
                fewer.subList(Math.max(0, end - size), end).clear();
                tries++;
                History candidate = smallest.with(fewer);
                smallest = fails.test(candidate) ? candidate : smallest;
            }
        }
        return smallest;
    }
}
