package io.librarysync.instrument;

/**
 * A number that only rises. Every increment counts exactly once, whichever thread makes it; adding takes no lock and
 * allocates nothing.
 */
public final class Counter {
    private final Stripes stripes;
    private final int slot;

    Counter(Stripes stripes, int slot) {
        this.stripes = stripes;
        this.slot = slot;
    }

    public void increment() {
        stripes.add(slot, 1);
    }

    public void add(long amount) {
        stripes.add(slot, amount);
    }

    /** The same by a thread that holds its own stripe of this counter's registry. */
    public void add(Stripe mine, long amount) {
        mine.add(slot, amount);
    }

    int slot() {
        return slot;
    }
}
