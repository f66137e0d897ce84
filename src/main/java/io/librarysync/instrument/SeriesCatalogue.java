package io.librarysync.instrument;

import io.librarysync.instrument.SeriesKey.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives every number a fixed place, so that a frame is a plain array. It only grows, and what it holds can be written down
 * and {@linkplain #restored read back}. Safe from any thread.
 */
public final class SeriesCatalogue {

    /** One number and its place; buckets take {@value Buckets#PER_PAGE} places from there on. */
    public record Entry(int place, SeriesKey key) {}

    private final Map<SeriesKey, Integer> places = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private volatile Part[] parts = new Part[256];
    private long[] unset = new long[256];
    private int size;

    /** A catalogue as it was written down: {@code entries} in their order. */
    public static SeriesCatalogue restored(List<Entry> entries) {
        SeriesCatalogue catalogue = new SeriesCatalogue();
        for (Entry entry : entries) {
            if (catalogue.placeOf(entry.key()) != entry.place()) {
                throw new IllegalArgumentException("series out of order: " + entry);
            }
        }
        return catalogue;
    }

    /** The place of a number, a new one if it was not met before. */
    synchronized int placeOf(SeriesKey key) {
        Integer known = places.get(key);
        return known != null ? known : add(key);
    }

    private int add(SeriesKey key) {
        int place = size;
        size += key.width();
        places.put(key, place);
        entries.add(new Entry(place, key));
        Part[] known = parts.length < size ? Arrays.copyOf(parts, Math.max(size, parts.length * 2)) : parts;
        Arrays.fill(known, place, size, key.part());
        parts = known;
        unset = unset.length < size ? Arrays.copyOf(unset, known.length) : unset;
        Arrays.fill(unset, place, size, Frame.unset(key.part()));
        return place;
    }

    /** The values of a frame in which nothing is known. */
    synchronized long[] unset() {
        return Arrays.copyOf(unset, size);
    }

    synchronized void requireKnown(int place) {
        if (place < 0 || place >= size) {
            throw new IllegalArgumentException("no number has the place " + place);
        }
    }

    /** How many numbers it knows. */
    public synchronized int count() {
        return entries.size();
    }

    /** The numbers met after the first {@code known} ones. */
    public synchronized List<Entry> after(int known) {
        return List.copyOf(entries.subList(known, entries.size()));
    }

    /** What stands at each place, as far as anybody has one. */
    Part[] parts() {
        return parts;
    }
}
