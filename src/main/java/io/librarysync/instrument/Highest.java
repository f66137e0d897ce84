package io.librarysync.instrument;

import java.util.concurrent.atomic.AtomicLong;

/** The highest value ever offered, such as a peak or the latest moment. Offering a lower one costs a read. */
public final class Highest {
    /** Nothing was offered yet. */
    public static final long NONE = Long.MIN_VALUE;

    private final AtomicLong value = new AtomicLong(NONE);
    private final int index;
    private final boolean ofEpoch;

    /** @param ofEpoch whether it starts anew with each epoch */
    Highest(int index, boolean ofEpoch) {
        this.index = index;
        this.ofEpoch = ofEpoch;
    }

    public void offer(long candidate) {
        long seen = value.getPlain();
        while (candidate > seen) {
            seen = value.compareAndExchange(seen, candidate);
        }
    }

    int index() {
        return index;
    }

    long get() {
        return value.get();
    }

    /** Ends an epoch: the value so far. */
    long close() {
        return ofEpoch ? value.getAndSet(NONE) : value.get();
    }
}
