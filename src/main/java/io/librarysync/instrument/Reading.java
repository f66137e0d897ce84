package io.librarysync.instrument;

import java.util.Arrays;

/** The cells of a registry at one moment, immutable. What was not yet known then reads as 0. */
public final class Reading {
    private static final Reading NOTHING = new Reading(new long[0], new long[0]);

    private final long[] values;
    private final long[] highests;

    Reading(long[] values, long[] highests) {
        this.values = values;
        this.highests = highests;
    }

    /** The reading of a registry before anything was recorded. */
    public static Reading nothing() {
        return NOTHING;
    }

    /** What was counted after {@code baseline}; highest values stay as they are. */
    public Reading since(Reading baseline) {
        if (baseline.values.length == 0) {
            return this;
        }
        long[] difference = Arrays.copyOf(values, Math.max(values.length, baseline.values.length));
        for (int slot = 0; slot < baseline.values.length; slot++) {
            difference[slot] -= baseline.values[slot];
        }
        return new Reading(difference, highests);
    }

    /** The same counts; of each highest value, that of this or of {@code other}, whichever is higher. */
    public Reading raisedTo(Reading other) {
        long[] raised = Arrays.copyOf(highests, Math.max(highests.length, other.highests.length));
        Arrays.fill(raised, highests.length, raised.length, Highest.NONE);
        for (int index = 0; index < other.highests.length; index++) {
            raised[index] = Math.max(raised[index], other.highests[index]);
        }
        return new Reading(values, raised);
    }

    long value(int slot) {
        return slot < values.length ? values[slot] : 0;
    }

    /** The cells by slot; the caller must not change them. */
    long[] values() {
        return values;
    }

    long highest(Highest highest) {
        return highest(highest.index());
    }

    private long highest(int index) {
        return index < highests.length ? highests[index] : Highest.NONE;
    }

    /** The highest values by index; the caller must not change them. */
    long[] highests() {
        return highests;
    }

    void addTo(Distribution distribution, Latency latency) {
        for (int page = latency.lowestPage(); page <= latency.highestPage(); page++) {
            int slot = latency.pageSlot(page);
            if (slot >= 0 && slot + Buckets.PER_PAGE <= values.length) {
                distribution.addPage(page, values, slot);
            }
        }
        distribution.addSum(value(latency.sumSlot()));
        addExtremes(distribution, latency);
    }

    private void addExtremes(Distribution distribution, Latency latency) {
        long max = highest(latency.extremes().maxIndex());
        if (max != Highest.NONE) {
            distribution.addHighest(max);
        }
        long negatedMin = highest(latency.extremes().negatedMinIndex());
        if (negatedMin != Highest.NONE) {
            distribution.addLowest(-negatedMin);
        }
    }
}
