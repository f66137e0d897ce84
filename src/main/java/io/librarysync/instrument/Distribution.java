package io.librarysync.instrument;

import org.jspecify.annotations.Nullable;

/**
 * A frozen distribution in nanoseconds. Its count is the sum of its buckets; min and max are the recorded ones where they
 * lie in the outermost buckets that hold a value, else the bounds of those. Every value is in the sum once; one that was being
 * recorded when a stretch of time began can be in the sum of the stretch before and in a bucket of this one. What is shown of
 * the sum is within what the buckets allow.
 */
public final class Distribution {
    /** How many octaves there are: durations below 1,024 ns, and each next one up to twice as long as the one before. */
    public static final int OCTAVES = Buckets.PAGES;

    private static final double NANOS_PER_MILLI = 1e6;

    /** The buckets of each octave; null where nothing was ever in one. */
    private final long[] @Nullable [] pages = new long[Buckets.PAGES][];

    private long count;
    private long sum;
    private long lowest = Long.MAX_VALUE;
    private long highest = Highest.NONE;

    private Distribution() {}

    static Distribution empty() {
        return new Distribution();
    }

    void addPage(int page, long[] values, int slot) {
        long[] buckets = page(page);
        for (int i = 0; i < Buckets.PER_PAGE; i++) {
            buckets[i] += values[slot + i];
            count += values[slot + i];
        }
    }

    private long[] page(int index) {
        long[] known = pages[index];
        return known != null ? known : newPage(index);
    }

    private long[] newPage(int index) {
        long[] page = new long[Buckets.PER_PAGE];
        pages[index] = page;
        return page;
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
        long[] buckets = pages[octave];
        long sum = 0;
        for (int i = 0; buckets != null && i < Buckets.PER_PAGE; i++) {
            sum += buckets[i];
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
        int first = bucketOf(1);
        int last = bucketOf(count);
        long min = inBucket(lowest, first) ? lowest : Buckets.lowest(first);
        long max = inBucket(highest, last) ? highest : Buckets.highest(last);
        double total = sumWithinBuckets();
        return new Latency.Summary(
                count,
                total / NANOS_PER_MILLI,
                millis(min),
                Math.max(millis(min), Math.min(total / NANOS_PER_MILLI / count, millis(max))),
                percentile(0.50, min, max),
                percentile(0.95, min, max),
                percentile(0.99, min, max),
                millis(max));
    }

    /** The sum, or the nearest to it that the buckets allow. */
    private double sumWithinBuckets() {
        double least = 0;
        double most = 0;
        for (int page = 0; page < pages.length; page++) {
            if (pages[page] != null) {
                int first = page * Buckets.PER_PAGE;
                long width = Buckets.lowest(first + 1) - Buckets.lowest(first);
                long values = count(page);
                double leastOfPage = (double) Buckets.lowest(first) * values + (double) width * steps(pages[page]);
                least += leastOfPage;
                most += leastOfPage + (width - 1.0) * values;
            }
        }
        return Math.max(least, Math.min((double) sum, most));
    }

    /** How many buckets all values together are above the first one of their page. */
    private static long steps(long[] buckets) {
        long steps = 0;
        for (int i = 0; i < buckets.length; i++) {
            steps += i * buckets[i];
        }
        return steps;
    }

    private Double percentile(double share, long min, long max) {
        long rank = (long) Math.ceil(share * count);
        return millis(Math.max(min, Math.min(Buckets.middle(bucketOf(rank)), max)));
    }

    /** The bucket that holds the value of a rank, from 1 for the lowest to the count for the highest. */
    private int bucketOf(long rank) {
        int page = 0;
        long rest = rank;
        while (rest > count(page)) {
            rest -= count(page++);
        }
        return page * Buckets.PER_PAGE + within(page(page), rest);
    }

    private static int within(long[] buckets, long rank) {
        int bucket = 0;
        long rest = rank - buckets[0];
        while (rest > 0) {
            rest -= buckets[++bucket];
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
