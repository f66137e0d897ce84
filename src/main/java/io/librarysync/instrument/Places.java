package io.librarysync.instrument;

import java.util.ArrayList;
import java.util.List;

/** Which number stands at which place of an array that only grows. Safe from any thread. */
final class Places {

    /** One number and its place; buckets take {@value Buckets#PER_PAGE} places from there on. */
    record Place(int first, SeriesKey key) {}

    private final List<Place> all = new ArrayList<>();
    private int size;

    /** The first place of a number that has none yet. */
    synchronized int add(SeriesKey key) {
        int first = size;
        size += key.width();
        all.add(new Place(first, key));
        return first;
    }

    /** How many places there are. */
    synchronized int size() {
        return size;
    }

    /** Those added after the first {@code known} ones. */
    synchronized List<Place> after(int known) {
        return List.copyOf(all.subList(known, all.size()));
    }
}
