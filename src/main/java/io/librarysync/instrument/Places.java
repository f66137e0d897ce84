package io.librarysync.instrument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which number stands at which place of an array that only grows. Numbers of one lane lie side by side, in blocks that grow
 * with their number; between blocks places may be unused. Safe from any thread.
 */
final class Places {
    private static final int LONGEST_BLOCK = 1024;

    private final List<SeriesKey> keys = new ArrayList<>();
    private int[] firsts = new int[16];
    private final List<Lane> lanes = new CopyOnWriteArrayList<>();
    private int size;

    /** One number and its place; buckets take {@value Buckets#PER_PAGE} places from there on. */
    record Place(int first, SeriesKey key) {}

    /** Places in use that follow each other; {@code to} is the first one after them. */
    record Block(int from, int to) {}

    /** Numbers that are read together, after those of every later lane. */
    final class Lane {
        private final List<Block> full = new ArrayList<>();
        private int from;
        private int next;
        private int end;
        private volatile @Nullable List<Block> inUse;

        /** The first place of a number that has none yet. */
        int add(SeriesKey key) {
            synchronized (Places.this) {
                int first = room(key.width());
                put(first, key);
                inUse = null;
                return first;
            }
        }

        /** The places in use now: whoever has seen a number counted finds the place of every number made before that. */
        List<Block> inUse() {
            List<Block> known = inUse;
            return known != null ? known : newInUse();
        }

        private List<Block> newInUse() {
            synchronized (Places.this) {
                List<Block> blocks = new ArrayList<>(full);
                blocks.add(new Block(from, next));
                List<Block> now = List.copyOf(blocks);
                inUse = now;
                return now;
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
    }

    /** A lane after those that there are. */
    Lane newLane() {
        Lane lane = new Lane();
        lanes.add(lane);
        return lane;
    }

    /** The lanes, in their order. */
    List<Lane> lanes() {
        return List.copyOf(lanes);
    }

    /** How long the array is now. */
    synchronized int size() {
        return size;
    }

    /** Says where a number is that lies in no lane. */
    synchronized void put(int first, SeriesKey key) {
        int index = keys.size();
        firsts = index < firsts.length ? firsts : Arrays.copyOf(firsts, 2 * index);
        firsts[index] = first;
        keys.add(key);
    }

    /** Those added after the first {@code known} ones. */
    synchronized List<Place> after(int known) {
        return IntStream.range(known, keys.size())
                .mapToObj(index -> new Place(firsts[index], keys.get(index)))
                .toList();
    }
}
