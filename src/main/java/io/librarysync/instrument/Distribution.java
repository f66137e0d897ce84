package io.librarysync.instrument;

import org.jspecify.annotations.Nullable;

/**
 * A frozen distribution in nanoseconds. Its count is the sum of its buckets; min and max are the recorded ones where they
 * lie in the outermost buckets that hold a value, else the bounds of those.
 */
public final class Distribution {
    /** How many octaves there are: durations below 1,024 ns, and each next one up to twice as long as the one before. */
    public static final int OCTAVES = Buckets.PAGES;

    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] buckets;
    private long count;
    private long sum;
    private long lowest = Long.MAX_VALUE;
    private long highest = Highest.NONE;

    private Distribution(long[] buckets) {
        this.buckets = buckets;
    }

    static Distribution empty() {
        return new Distribution(new long[Buckets.COUNT]);
    }

    void addPage(int page, long[] values, int slot) {
        for (int i = 0; i < Buckets.PER_PAGE; i++) {
            long here = values[slot + i];
            buckets[page * Buckets.PER_PAGE + i] += here;
            count += here;
        }
    }

    void addSum(long nanos) {
        sum += nanos;
    }

    void addHighest(long seen) {
        highest = Math.max(highest, seen);
    }

    void addLowest(long seen) {
        lowest = Math.min(lowest, seen);
    }

    /** The longest duration of an octave. */
    public static long longest(int octave) {
        return Buckets.highest((octave + 1) * Buckets.PER_PAGE - 1);
    }

    public long count() {
        return count;
    }

    /** How many there are in one octave. */
    public long count(int octave) {
        long sum = 0;
        for (int i = 0; i < Buckets.PER_PAGE; i++) {
            sum += buckets[octave * Buckets.PER_PAGE + i];
        }
        return sum;
    }

    public long sum() {
        return sum;
    }

    public Latency.Summary summary() {
        if (count <= 0) {
            return Latency.Summary.EMPTY;
        }
        long min = inBucket(lowest, firstBucket()) ? lowest : Buckets.lowest(firstBucket());
        long max = inBucket(highest, lastBucket()) ? highest : Buckets.highest(lastBucket());
        return new Latency.Summary(
                count,
                millis(sum),
                millis(min),
                Math.max(millis(min), Math.min(millis(sum) / count, millis(max))),
                percentile(0.50, min, max),
                percentile(0.95, min, max),
                percentile(0.99, min, max),
                millis(max));
    }

    private @Nullable Double percentile(double share, long min, long max) {
        long rank = (long) Math.ceil(share * count);
        long seen = 0;
        int bucket = -1;
        while (seen < rank) {
            seen += buckets[++bucket];
        }
        return millis(Math.max(min, Math.min(Buckets.middle(bucket), max)));
    }

    private int firstBucket() {
        int bucket = 0;
        while (buckets[bucket] == 0) {
            bucket++;
        }
        return bucket;
    }

    private int lastBucket() {
        int bucket = Buckets.COUNT - 1;
        while (buckets[bucket] == 0) {
            bucket--;
        }
        return bucket;
    }

    private static boolean inBucket(long value, int bucket) {
        return value >= Buckets.lowest(bucket) && value <= Buckets.highest(bucket);
    }

    private static double millis(long nanos) {
        return (double) nanos / NANOS_PER_MILLI;
    }
}
