package io.librarysync.instrument;

/**
 * Log-linear buckets: 32 per octave from 1,024 ns up to 2^42 ns (73 minutes), and 32 equal ones below. A value taken as the
 * middle of its bucket is at most 1.6 % off from 1 µs on. Values outside the range count as its ends.
 */
final class Buckets {
    static final int PER_PAGE = 32;
    static final int PAGES = 33;
    static final int COUNT = PAGES * PER_PAGE;
    static final long HIGHEST = (1L << 42) - 1;

    private static final int LOW_BITS = 10;
    private static final int SUB_BITS = 5;

    private Buckets() {}

    static long clamp(long nanos) {
        return Math.max(0, Math.min(nanos, HIGHEST));
    }

    /** The bucket of a value within the range. */
    static int indexOf(long nanos) {
        int octave = Math.max(0, Long.SIZE - LOW_BITS - Long.numberOfLeadingZeros(nanos));
        int within = (int) (nanos >>> shift(octave)) & (PER_PAGE - 1);
        return octave * PER_PAGE + within;
    }

    /** The page of a bucket. */
    static int page(int bucket) {
        return bucket >>> SUB_BITS;
    }

    /** The place of a bucket in its page. */
    static int withinPage(int bucket) {
        return bucket & (PER_PAGE - 1);
    }

    /** The smallest value of a bucket. */
    static long lowest(int bucket) {
        int octave = bucket / PER_PAGE;
        long within = bucket % PER_PAGE;
        return octave == 0 ? within << SUB_BITS : (1L << (octave + LOW_BITS - 1)) + (within << shift(octave));
    }

    /** The largest value of a bucket. */
    static long highest(int bucket) {
        return lowest(bucket) + (1L << shift(bucket / PER_PAGE)) - 1;
    }

    static long middle(int bucket) {
        return lowest(bucket) + (1L << (shift(bucket / PER_PAGE) - 1));
    }

    private static int shift(int octave) {
        return octave == 0 ? SUB_BITS : octave + LOW_BITS - 1 - SUB_BITS;
    }
}
