package io.librarysync.instrument;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one recording thread. Only that thread writes, so a plain read and a release write count exactly; any thread
 * may read, and sees the writes in the order they were made. Memory is taken where the thread counts something, not for every
 * number there is.
 */
public final class Stripe {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle CHUNK = MethodHandles.arrayElementVarHandle(long[][].class);
    private static final int BITS = 6;
    private static final int CHUNK_CELLS = 1 << BITS;
    private static final int WITHIN = CHUNK_CELLS - 1;

    final Thread owner = Thread.currentThread();

    private volatile long[] @Nullable [] chunks = new long[4][];
    private @Nullable Object companion;

    /** Whether its thread has ended. */
    boolean isLeft() {
        return !owner.isAlive();
    }

    /** What its thread keeps beside it, which goes when that thread ends; only that thread may ask. */
    public @Nullable Object companion() {
        return companion;
    }

    /** Keeps something beside it, in place of what was; only its thread may do so. */
    public void accompany(Object newCompanion) {
        companion = newCompanion;
    }

    void add(int slot, long amount) {
        long[] @Nullable [] mine = chunks;
        int chunk = slot >>> BITS;
        long @Nullable [] cells = chunk < mine.length ? mine[chunk] : null;
        if (cells == null) {
            cells = newChunk(chunk);
        }
        int cell = slot & WITHIN;
        CELL.setRelease(cells, cell, cells[cell] + amount);
    }

    /** Adds the cells from {@code block.from()} to before {@code block.to()} to the sums at the same places. */
    void addTo(long[] sums, Places.Block block) {
        long[] @Nullable [] now = chunks;
        int last = Math.min((block.to() - 1) >> BITS, now.length - 1);
        for (int chunk = block.from() >> BITS; chunk <= last; chunk++) {
            long @Nullable [] cells = (long[]) CHUNK.getAcquire(now, chunk);
            if (cells != null) {
                addTo(sums, cells, Math.max(block.from(), chunk << BITS), Math.min(block.to(), (chunk + 1) << BITS));
            }
        }
    }

    private static void addTo(long[] sums, long[] cells, int from, int to) {
        for (int slot = from; slot < to; slot++) {
            sums[slot] += (long) CELL.getAcquire(cells, slot & WITHIN);
        }
    }

    /** How far its cells reach: no place from there on was ever counted at. */
    int end() {
        return chunks.length << BITS;
    }

    private long[] newChunk(int chunk) {
        long[] cells = new long[CHUNK_CELLS];
        if (chunk >= chunks.length) {
            chunks = Arrays.copyOf(chunks, Math.max(chunk + 1, chunks.length + chunks.length / 2));
        }
        CHUNK.setRelease(chunks, chunk, cells);
        return cells;
    }
}
