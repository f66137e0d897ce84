package io.librarysync.instrument;

/** The highest and the lowest value offered in one epoch, side by side: offering one in between costs two reads. */
final class Extremes {
    private final HighestCells.Chunk chunk;
    private final int offset;
    private final int index;

    /** @param offset of the highest value in the chunk; the negated lowest is the next */
    Extremes(HighestCells.Chunk chunk, int offset, int index) {
        this.chunk = chunk;
        this.offset = offset;
        this.index = index;
    }

    void offer(long value, int epoch) {
        chunk.offerBoth(offset, value, -value, epoch);
    }

    int maxIndex() {
        return index;
    }

    int negatedMinIndex() {
        return index + 1;
    }
}
