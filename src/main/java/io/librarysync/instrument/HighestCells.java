package io.librarysync.instrument;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The cells of all highest values of a registry, side by side in chunks. Safe from any thread. */
final class HighestCells {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int CHUNK = 64;

    private final List<Chunk> chunks = new CopyOnWriteArrayList<>();
    private @Nullable Chunk ofEpochs;
    private @Nullable Chunk lasting;

    /** Cells of one kind: those of epochs start anew with each, and keep the one before until the next begins. */
    static final class Chunk {
        private final int first;
        private final long[] even = nothing();
        private final long[] odd;
        private int used;

        Chunk(int first, boolean ofEpochs) {
            this.first = first;
            this.odd = ofEpochs ? nothing() : even;
        }

        private static long[] nothing() {
            long[] none = new long[CHUNK];
            Arrays.fill(none, Highest.NONE);
            return none;
        }

        void offer(int offset, long candidate, int epoch) {
            offer(of(epoch), offset, candidate);
        }

        /** Whether its values are of no epoch. */
        boolean isLasting() {
            return odd == even;
        }

        /** Offers to a value of no epoch. */
        void offer(int offset, long candidate) {
            offer(even, offset, candidate);
        }

        /** Offers one value to a cell and another to the next. */
        void offerBoth(int offset, long first, long second, int epoch) {
            long[] values = of(epoch);
            offer(values, offset, first);
            offer(values, offset + 1, second);
        }

        private static void offer(long[] values, int offset, long candidate) {
            if (candidate > (long) CELL.getOpaque(values, offset)) {
                raise(values, offset, candidate);
            }
        }

        private static void raise(long[] values, int offset, long candidate) {
            long seen = (long) CELL.getVolatile(values, offset);
            while (candidate > seen) {
                seen = (long) CELL.compareAndExchange(values, offset, seen, candidate);
            }
        }

        private void copyTo(long[] target, int epoch) {
            long[] values = of(epoch);
            for (int offset = 0; offset < CHUNK; offset++) {
                target[first + offset] = (long) CELL.getVolatile(values, offset);
            }
        }

        private void clear(int epoch) {
            if (!isLasting()) {
                long[] values = of(epoch);
                for (int offset = 0; offset < CHUNK; offset++) {
                    CELL.setVolatile(values, offset, Highest.NONE);
                }
            }
        }

        private void merge(int undone) {
            long[] values = of(undone);
            for (int offset = 0; offset < CHUNK; offset++) {
                offer(offset, (long) CELL.getVolatile(values, offset), undone - 1);
            }
        }

        private long[] of(int epoch) {
            return (epoch & 1) == 0 ? even : odd;
        }
    }

    /** A value that nothing was offered to yet. */
    synchronized Highest add(MetricRegistry registry, boolean ofEpoch) {
        Chunk chunk = roomy(ofEpoch, 1);
        int offset = chunk.used++;
        return new Highest(registry, chunk, offset, chunk.first + offset);
    }

    /** Both extremes of values of an epoch that none was offered in yet. */
    synchronized Extremes addExtremes() {
        Chunk chunk = roomy(true, 2);
        int offset = chunk.used;
        chunk.used += 2;
        return new Extremes(chunk, offset, chunk.first + offset);
    }

    private Chunk roomy(boolean ofEpoch, int count) {
        Chunk last = ofEpoch ? ofEpochs : lasting;
        return last != null && last.used + count <= CHUNK ? last : newChunk(ofEpoch);
    }

    private Chunk newChunk(boolean ofEpoch) {
        Chunk chunk = new Chunk(chunks.size() * CHUNK, ofEpoch);
        chunks.add(chunk);
        if (ofEpoch) {
            ofEpochs = chunk;
        } else {
            lasting = chunk;
        }
        return chunk;
    }

    /** By index, the values of an epoch, which is the one that lasts or the one before it. */
    long[] read(int epoch) {
        List<Chunk> known = List.copyOf(chunks);
        long[] values = new long[known.size() * CHUNK];
        known.forEach(chunk -> chunk.copyTo(values, epoch));
        return values;
    }

    /** Makes room for an epoch that is about to begin. */
    void clear(int epoch) {
        chunks.forEach(chunk -> chunk.clear(epoch));
    }

    /** Counts what was offered in {@code undone} to the epoch before it. */
    void merge(int undone) {
        chunks.forEach(chunk -> chunk.merge(undone));
    }
}
