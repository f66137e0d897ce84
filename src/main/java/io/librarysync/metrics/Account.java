package io.librarysync.metrics;

import io.librarysync.instrument.CounterFamily;
import io.librarysync.instrument.LatencyFamily;
import io.librarysync.record.SyncLevels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What came in, and what became of it: once all is quiet, what came in and was open before is in the outcomes or still open.
 *
 * @param name the key, in JSON, of what came in
 * @param by the dimensions it is kept by
 * @param in what is recorded first
 * @param out what is recorded later
 * @param open the level of what is in neither
 */
record Account(String name, List<String> by, List<Term> in, List<Term> out, Level open) {

    /** A count, by the labels of some dimensions. */
    @FunctionalInterface
    interface Term {
        Map<List<String>, Long> sums(SyncView view, List<String> by);
    }

    /** Tells what is open, by labels. */
    @FunctionalInterface
    interface Level {
        /** What never stays open. */
        Level NONE = (levels, open) -> {};

        void tell(SyncLevels levels, BiConsumer<List<String>, Long> open);
    }

    Account {
        by = List.copyOf(by);
        in = List.copyOf(in);
        out = List.copyOf(out);
    }

    static Term all(CounterFamily family) {
        return (view, by) -> view.sumsBy(family, by);
    }

    /** Those whose label of {@code dimension} is {@code label}. */
    static Term only(CounterFamily family, String dimension, String label) {
        return (view, by) -> view.sumsBy(family, by, dimension, label::equals);
    }

    /** How many values a distribution has. */
    static Term count(LatencyFamily family) {
        return (view, by) -> Map.of(List.of(), view.distribution(family).count());
    }

    boolean isSplitAs(SyncView view) {
        return by.containsAll(view.restricted());
    }

    /** What came in less the outcomes, in the stretch that {@code whole} shows. */
    OpenWork unsettled(SyncView whole) {
        Map<OpenWork.Key, Long> amounts = new HashMap<>();
        in.forEach(term -> term.sums(whole, by).forEach((labels, sum) -> amounts.merge(key(labels), sum, Long::sum)));
        out.forEach(term -> term.sums(whole, by).forEach((labels, sum) -> amounts.merge(key(labels), -sum, Long::sum)));
        return new OpenWork(amounts);
    }

    /** What is open by the levels. */
    OpenWork found(SyncLevels levels) {
        Map<OpenWork.Key, Long> amounts = new HashMap<>();
        open.tell(levels, (labels, amount) -> amounts.merge(key(labels), amount, Long::sum));
        return new OpenWork(amounts);
    }

    private OpenWork.Key key(List<String> labels) {
        return new OpenWork.Key(name, label(labels, Dimension.PEER), label(labels, Dimension.MODEL));
    }

    private String label(List<String> labels, String dimension) {
        int index = by.indexOf(dimension);
        return index < 0 ? "" : labels.get(index);
    }
}
