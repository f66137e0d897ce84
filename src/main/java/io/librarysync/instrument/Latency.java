package io.librarysync.instrument;

import io.librarysync.instrument.SeriesKey.Part;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A distribution of durations. Recording takes no lock and allocates nothing once an octave was met; negative durations
 * count as 0, those beyond 73 minutes as that.
 */
public final class Latency {

    /**
     * What a distribution says, in milliseconds; all but the count are null while it is empty. Percentiles are at most 1.6 %
     * off from 1 µs on and never outside [min, max].
     */
    public record Summary(
            long count,
            @Nullable Double sum,
            @Nullable Double min,
            @Nullable Double avg,
            @Nullable Double p50,
            @Nullable Double p95,
            @Nullable Double p99,
            @Nullable Double max) {

        public static final Summary EMPTY = new Summary(0, null, null, null, null, null, null, null);
    }

    private static final int NO_PAGE = -1;

    private final MetricRegistry registry;
    private final OwnStripes stripes;
    private final String name;
    private final List<String> labels;
    private final int sumSlot;
    private final Places.Lane newPages;
    private final Extremes extremes;

    /** The lowest page met, then the first slots of it and of those above; never changed, only replaced. */
    private volatile int[] pages = {0};

    Latency(MetricRegistry registry, String name, List<String> labels, Places.Lane sums, Places.Lane newPages) {
        this.registry = registry;
        this.stripes = registry.ownStripes();
        this.name = name;
        this.labels = labels;
        this.sumSlot = sums.add(SeriesKey.of(name, Part.SUM, labels));
        this.newPages = newPages;
        this.extremes = registry.newExtremes(
                SeriesKey.of(name, Part.MAX, labels), SeriesKey.of(name, Part.NEGATED_MIN, labels));
    }

    public void record(long nanos) {
        record(stripes.get(), nanos);
    }

    /** The same by a thread that holds its own stripe of this distribution's registry. */
    public void record(Stripe mine, long nanos) {
        long value = Buckets.clamp(nanos);
        int bucket = Buckets.indexOf(value);
        extremes.offer(value, registry.epoch());
        mine.add(sumSlot, value);
        mine.add(page(Buckets.page(bucket)) + Buckets.withinPage(bucket), 1);
    }

    /** The first slot of a page of buckets, made if it is missing. */
    int page(int index) {
        int slot = pageSlot(index);
        return slot != NO_PAGE ? slot : newPage(index);
    }

    private synchronized int newPage(int index) {
        if (pageSlot(index) == NO_PAGE) {
            pages = with(pages, index, newPages.add(SeriesKey.buckets(name, labels, index)));
        }
        return pageSlot(index);
    }

    private static int[] with(int[] met, int index, int slot) {
        int first = met.length == 1 ? index : met[0];
        int lowest = Math.min(first, index);
        int highest = Math.max(first + met.length - 2, index);
        int[] more = new int[highest - lowest + 2];
        Arrays.fill(more, NO_PAGE);
        System.arraycopy(met, 1, more, first - lowest + 1, met.length - 1);
        more[0] = lowest;
        more[index - lowest + 1] = slot;
        return more;
    }

    int sumSlot() {
        return sumSlot;
    }

    /** The lowest page of buckets that a value ever fell into. */
    int lowestPage() {
        return pages[0];
    }

    /** The highest page of buckets that a value ever fell into; below the lowest if none did. */
    int highestPage() {
        int[] met = pages;
        return met[0] + met.length - 2;
    }

    /** The first slot of a page of buckets, negative if no value ever fell into it. */
    int pageSlot(int index) {
        int[] met = pages;
        int place = index - met[0] + 1;
        return place > 0 && place < met.length ? met[place] : NO_PAGE;
    }

    Extremes extremes() {
        return extremes;
    }
}
