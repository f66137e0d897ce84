package io.librarysync.instrument;

import io.librarysync.instrument.SeriesKey.Part;
import java.util.Arrays;
import java.util.List;

/** Collects the numbers of one frame. Not thread-safe. */
public final class FrameBuilder {
    private final SeriesCatalogue catalogue;
    private long[] values;
    private int used;

    FrameBuilder(SeriesCatalogue catalogue) {
        this(Frame.empty(catalogue));
    }

    /** Starts with what {@code start} has. */
    FrameBuilder(Frame start) {
        this.catalogue = start.catalogue();
        this.values = start.values().clone();
        this.used = values.length;
    }

    /** What holds now. */
    public void level(String metric, long value, String... labels) {
        put(Part.LEVEL, metric, value, labels);
    }

    /** What was counted since the epoch began. */
    public void count(String metric, long value, String... labels) {
        put(Part.COUNT, metric, value, labels);
    }

    private void put(Part part, String metric, long value, String... labels) {
        put(catalogue.placeOf(SeriesKey.of(metric, part, List.of(labels))), value);
    }

    void put(int place, long value) {
        if (place >= values.length) {
            int before = values.length;
            values = Arrays.copyOf(values, Math.max(place + 1, before * 2));
            Arrays.fill(values, before, values.length, Frame.ABSENT);
        }
        values[place] = value;
        used = Math.max(used, place + 1);
    }

    long at(int place) {
        return place < used ? values[place] : Frame.ABSENT;
    }

    public Frame build() {
        Part[] parts = catalogue.parts();
        long[] complete = Arrays.copyOf(values, used);
        for (int place = 0; place < used; place++) {
            if (complete[place] == Frame.ABSENT) {
                complete[place] = Frame.unset(parts[place]);
            }
        }
        return new Frame(catalogue, complete);
    }
}
