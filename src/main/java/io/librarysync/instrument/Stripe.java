package io.librarysync.instrument;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The cells of one recording thread. Only that thread writes, so a plain read and a release write count exactly; any thread
 * may read, and sees the writes in the order they were made.
 */
public final class Stripe {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    final Thread owner;
    private volatile long[] cells = new long[256];

    Stripe(Thread owner) {
        this.owner = owner;
    }

    void add(int slot, long amount) {
        long[] mine = cells;
        if (slot >= mine.length) {
            mine = grow(slot);
        }
        CELL.setRelease(mine, slot, mine[slot] + amount);
    }

    void addTo(long[] sums, Places.Block block) {
        long[] now = cells;
        int end = Math.min(block.to(), now.length);
        for (int slot = block.from(); slot < end; slot++) {
            sums[slot] += (long) CELL.getAcquire(now, slot);
        }
    }

    /** All cells; exact once the owner has ended. */
    long[] cells() {
        return cells.clone();
    }

    private long[] grow(int slot) {
        long[] larger = Arrays.copyOf(cells, Math.max(slot + 1, cells.length + cells.length / 2));
        cells = larger;
        return larger;
    }
}
