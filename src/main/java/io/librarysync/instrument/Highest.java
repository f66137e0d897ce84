package io.librarysync.instrument;

/**
 * The highest value ever offered, or offered in one epoch, such as a peak or the latest moment. Offering a lower one costs a
 * read.
 */
public final class Highest {
    /** Nothing was offered yet. */
    public static final long NONE = Frame.ABSENT;

    private final MetricRegistry registry;
    private final HighestCells.Chunk chunk;
    private final int offset;
    private final int index;

    Highest(MetricRegistry registry, HighestCells.Chunk chunk, int offset, int index) {
        this.registry = registry;
        this.chunk = chunk;
        this.offset = offset;
        this.index = index;
    }

    public void offer(long candidate) {
        if (chunk.isLasting()) {
            chunk.offer(offset, candidate);
        } else {
            chunk.offer(offset, candidate, registry.epoch());
        }
    }

    int index() {
        return index;
    }
}
