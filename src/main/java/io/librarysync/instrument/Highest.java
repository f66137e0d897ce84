package io.librarysync.instrument;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The highest value ever offered, or offered in one epoch, such as a peak or the latest moment. Offering a lower one costs a
 * read.
 */
public final class Highest {
    /** Nothing was offered yet. */
    public static final long NONE = Frame.ABSENT;

    private final MetricRegistry registry;
    private final int index;
    private final boolean ofEpoch;
    private final AtomicLong even = new AtomicLong(NONE);
    private final AtomicLong odd;

    /** @param ofEpoch whether it starts anew with each epoch; the one before is kept until the next begins */
    Highest(MetricRegistry registry, int index, boolean ofEpoch) {
        this.registry = registry;
        this.index = index;
        this.ofEpoch = ofEpoch;
        this.odd = ofEpoch ? new AtomicLong(NONE) : even;
    }

    public void offer(long candidate) {
        offer(candidate, registry.epoch());
    }

    private void offer(long candidate, int epoch) {
        AtomicLong value = of(epoch);
        long seen = value.getPlain();
        while (candidate > seen) {
            seen = value.compareAndExchange(seen, candidate);
        }
    }

    int index() {
        return index;
    }

    /** The value of an epoch, which is the one that lasts or the one before it. */
    long get(int epoch) {
        return of(epoch).get();
    }

    /** Makes room for an epoch that is about to begin. */
    void clear(int epoch) {
        if (ofEpoch) {
            of(epoch).set(NONE);
        }
    }

    /** Counts what was offered in {@code undone} to the epoch before it. */
    void merge(int undone) {
        offer(get(undone), undone - 1);
    }

    private AtomicLong of(int epoch) {
        return (epoch & 1) == 0 ? even : odd;
    }
}
