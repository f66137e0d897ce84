package io.librarysync.instrument;

/**
 * A number that only rises. Every increment counts exactly once, whichever thread makes it; adding takes no lock and
 * allocates nothing.
 */
public final class Counter {
    private final OwnStripes stripes;
    private final int slot;

    Counter(OwnStripes stripes, int slot) {
        this.stripes = stripes;
        this.slot = slot;
    }

    public void increment() {
        stripes.get().add(slot, 1);
    }

    public void add(long amount) {
        stripes.get().add(slot, amount);
    }

    /** The same by a thread that holds its own stripe of this counter's registry. */
    public void add(Stripe mine, long amount) {
        mine.add(slot, amount);
    }

    int slot() {
        return slot;
    }
}
