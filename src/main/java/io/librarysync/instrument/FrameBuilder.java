package io.librarysync.instrument;

import io.librarysync.instrument.SeriesKey.Part;
import java.util.Arrays;
import java.util.List;

/** Collects the numbers of one frame, and then is done. Not thread-safe. */
public final class FrameBuilder {
    private final SeriesCatalogue catalogue;
    private final int complete;
    private long[] values;
    private int used;

    FrameBuilder(SeriesCatalogue catalogue) {
        this(catalogue, catalogue.unset());
    }

    /** Starts with what {@code start} has. */
    FrameBuilder(Frame start) {
        this(start.catalogue(), start.values().clone());
    }

    private FrameBuilder(SeriesCatalogue catalogue, long[] values) {
        this.catalogue = catalogue;
        this.values = values;
        this.complete = values.length;
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
        makeRoom(place + 1);
        values[place] = value;
    }

    /** Puts {@code length} values of {@code source}, from {@code from} on, at as many places from {@code place} on. */
    void put(int place, long[] source, int from, int length) {
        makeRoom(place + length);
        System.arraycopy(source, from, values, place, length);
    }

    private void makeRoom(int end) {
        if (end > values.length) {
            int before = values.length;
            values = Arrays.copyOf(values, Math.max(end, catalogue.parts().length));
            Arrays.fill(values, before, values.length, Frame.ABSENT);
        }
        used = Math.max(used, end);
    }

    long at(int place) {
        return place < used ? values[place] : Frame.ABSENT;
    }

    /** The frame; nothing can be put into it any more. */
    public Frame build() {
        long[] all = used == values.length ? values : Arrays.copyOf(values, used);
        values = new long[0];
        Part[] parts = catalogue.parts();
        for (int place = complete; place < used; place++) {
            if (all[place] == Frame.ABSENT) {
                all[place] = Frame.unset(parts[place]);
            }
        }
        return new Frame(catalogue, all);
    }
}
