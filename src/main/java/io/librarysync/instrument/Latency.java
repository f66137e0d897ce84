package io.librarysync.instrument;

import io.librarysync.instrument.SeriesKey.Part;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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

    private static final VarHandle PAGE = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int NO_PAGE = -1;

    private final MetricRegistry registry;
    private final String name;
    private final List<String> labels;
    private final int sumSlot;
    private final Places.Lane newPages;
    private final int[] pages = new int[Buckets.PAGES];
    private final Highest max;
    private final Highest negatedMin;

    Latency(MetricRegistry registry, String name, List<String> labels, Places.Lane sums, Places.Lane newPages) {
        this.registry = registry;
        this.name = name;
        this.labels = labels;
        this.sumSlot = sums.add(SeriesKey.of(name, Part.SUM, labels));
        this.newPages = newPages;
        this.max = registry.newHighest(SeriesKey.of(name, Part.MAX, labels), true);
        this.negatedMin = registry.newHighest(SeriesKey.of(name, Part.NEGATED_MIN, labels), true);
        Arrays.fill(pages, NO_PAGE);
    }

    public void record(long nanos) {
        record(registry.stripe(), nanos);
    }

    /** The same by a thread that holds its own stripe of this distribution's registry. */
    public void record(Stripe mine, long nanos) {
        long value = Buckets.clamp(nanos);
        int bucket = Buckets.indexOf(value);
        int epoch = registry.epoch();
        max.offer(value, epoch);
        negatedMin.offer(-value, epoch);
        mine.add(sumSlot, value);
        mine.add(page(bucket / Buckets.PER_PAGE) + bucket % Buckets.PER_PAGE, 1);
    }

    /** The first slot of a page of buckets, made if it is missing. */
    int page(int index) {
        int slot = pageSlot(index);
        return slot != NO_PAGE ? slot : newPage(index);
    }

    private synchronized int newPage(int index) {
        if (pageSlot(index) == NO_PAGE) {
            PAGE.setRelease(pages, index, newPages.add(SeriesKey.buckets(name, labels, index)));
        }
        return pageSlot(index);
    }

    int sumSlot() {
        return sumSlot;
    }

    /** The first slot of a page of buckets, negative if no value ever fell into it. */
    int pageSlot(int index) {
        return (int) PAGE.getAcquire(pages, index);
    }

    Highest max() {
        return max;
    }

    Highest negatedMin() {
        return negatedMin;
    }
}
