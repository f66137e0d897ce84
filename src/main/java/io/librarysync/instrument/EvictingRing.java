package io.librarysync.instrument;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The last few items added, and how many there ever were. */
public final class EvictingRing<T> {

    /** The items still held, oldest first, with the number of items ever added up to the newest. */
    public record Contents<T>(List<T> items, long added) {
        public Contents {
            items = List.copyOf(items);
        }

        /** The items still held that came after the first {@code earlier} ones. */
        public List<T> after(long earlier) {
            int fresh = (int) Math.min(items.size(), Math.max(0, added - earlier));
            return items.subList(items.size() - fresh, items.size());
        }
    }

    private final int capacity;
    private final ArrayDeque<T> items;
    private long added;

    public EvictingRing(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a ring holds at least one item, not " + capacity);
        }
        this.capacity = capacity;
        this.items = new ArrayDeque<>(capacity);
    }

    public synchronized void add(T item) {
        if (items.size() == capacity) {
            items.removeFirst();
        }
        items.addLast(item);
        added++;
    }

    public synchronized Contents<T> contents() {
        return new Contents<>(new ArrayList<>(items), added);
    }
}
