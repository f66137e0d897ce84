package io.librarysync.instrument;

import io.librarysync.instrument.SeriesCatalogue.Entry;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Makes the series of a frame in a registry that nobody records to, and takes their numbers. */
final class FrameReader {
    private final Map<String, Family<?>> families = new HashMap<>();
    private long[] values = new long[0];
    private long[] highests = new long[0];

    FrameReader(Collection<Family<?>> families) {
        families.forEach(family -> this.families.put(family.name(), family));
    }

    Reading read(Frame frame) {
        for (Entry entry : frame.catalogue().after(0)) {
            Family<?> family = families.get(entry.key().metric());
            if (family != null && frame.at(entry.place()) != Frame.ABSENT) {
                read(frame, entry, family);
            }
        }
        return new Reading(values, highests);
    }

    private void read(Frame frame, Entry entry, Family<?> family) {
        if (entry.key().labels().size() != family.dimensions().size()) {
            return; // it had other dimensions in the version that wrote it
        }
        if (family instanceof CounterFamily counters) {
            putValues(counters.series(entry.key().labels()).slot(), frame, entry);
        } else if (family instanceof HighestFamily marks) {
            putHighest(marks.series(entry.key().labels()), frame, entry);
        } else if (family instanceof LatencyFamily latencies) {
            readLatency(frame, entry, latencies);
        }
    }

    private void readLatency(Frame frame, Entry entry, LatencyFamily family) {
        switch (entry.key().part()) {
            case SUM -> putValues(family.series(entry.key().labels()).sumSlot(), frame, entry);
            case BUCKETS -> {
                if (hasAny(frame, entry)) {
                    putValues(
                            family.series(entry.key().labels()).page(entry.key().page()), frame, entry);
                }
            }
            case MAX -> putHighest(family.series(entry.key().labels()).max(), frame, entry);
            case NEGATED_MIN -> putHighest(family.series(entry.key().labels()).negatedMin(), frame, entry);
            default -> {} // it was no distribution in the version that wrote it
        }
    }

    private static boolean hasAny(Frame frame, Entry buckets) {
        for (int i = 0; i < buckets.key().width(); i++) {
            if (frame.at(buckets.place() + i) != 0) {
                return true;
            }
        }
        return false;
    }

    private void putValues(int slot, Frame frame, Entry entry) {
        int width = entry.key().width();
        if (slot + width > values.length) {
            values = Arrays.copyOf(values, Math.max(slot + width, values.length * 2));
        }
        for (int i = 0; i < width; i++) {
            values[slot + i] = frame.at(entry.place() + i);
        }
    }

    private void putHighest(Highest highest, Frame frame, Entry entry) {
        int before = highests.length;
        if (highest.index() >= before) {
            highests = Arrays.copyOf(highests, highest.index() + 1);
            Arrays.fill(highests, before, highests.length, Highest.NONE);
        }
        highests[highest.index()] = frame.at(entry.place());
    }
}
