package io.librarysync.instrument;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which number stands at which place of an array that only grows. Numbers of one lane lie side by side, in blocks that grow
 * with their number; between blocks places may be unused. Safe from any thread.
 */
final class Places {
    private static final int LONGEST_BLOCK = 1024;

    private final List<Place> all = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private int size;
    private volatile @Nullable Layout layout;

    /** One number and its place; buckets take {@value Buckets#PER_PAGE} places from there on. */
    record Place(int first, SeriesKey key) {}

    /** Places in use that follow each other; {@code to} is the first one after them. */
    record Block(int from, int to) {}

    /**
     * What is in use at one moment.
     *
     * @param size how long the array is
     * @param blocks those of the last lane first
     */
    record Layout(int size, List<Block> blocks) {}

    /** Numbers that are read together, after those of every later lane. */
    final class Lane {
        private final List<Block> full = new ArrayList<>();
        private int from;
        private int next;
        private int end;

        /** The first place of a number that has none yet. */
        int add(SeriesKey key) {
            synchronized (Places.this) {
                int first = room(key.width());
                put(first, key);
                layout = null;
                return first;
            }
        }

        private int room(int width) {
            if (next + width > end) {
                startBlock(Math.max(width, Math.min(2 * (end - from), LONGEST_BLOCK)));
            }
            next += width;
            return next - width;
        }

        private void startBlock(int length) {
            if (next > from) {
                full.add(new Block(from, next));
            }
            from = size;
            next = size;
            size += length;
            end = size;
        }

        private void addTo(List<Block> blocks) {
            blocks.addAll(full);
            blocks.add(new Block(from, next));
        }
    }

    /** A lane after those that there are. */
    synchronized Lane newLane() {
        Lane lane = new Lane();
        lanes.add(lane);
        layout = null;
        return lane;
    }

    /** Says where a number is that lies in no lane. */
    synchronized void put(int first, SeriesKey key) {
        all.add(new Place(first, key));
    }

    Layout layout() {
        Layout known = layout;
        return known != null ? known : newLayout();
    }

    private synchronized Layout newLayout() {
        List<Block> blocks = new ArrayList<>();
        for (int i = lanes.size() - 1; i >= 0; i--) {
            lanes.get(i).addTo(blocks);
        }
        Layout now = new Layout(size, List.copyOf(blocks));
        layout = now;
        return now;
    }

    /** Those added after the first {@code known} ones. */
    synchronized List<Place> after(int known) {
        return List.copyOf(all.subList(known, all.size()));
    }
}
