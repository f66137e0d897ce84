package io.librarysync.instrument;

import io.librarysync.instrument.SeriesKey.Part;
import java.util.Arrays;
import java.util.List;

/** Writes readings of one registry as frames of one catalogue, and remembers where each cell goes. Not thread-safe. */
public final class FrameWriter {
    private static final int UNKNOWN = -1;

    private final MetricRegistry registry;
    private final SeriesCatalogue catalogue;
    private int[] placeOfSlot = new int[0];
    private int[] placeOfHighest = new int[0];

    public FrameWriter(MetricRegistry registry, SeriesCatalogue catalogue) {
        this.registry = registry;
        this.catalogue = catalogue;
    }

    public SeriesCatalogue catalogue() {
        return catalogue;
    }

    /** A frame that holds all of {@code reading} already. */
    public FrameBuilder begin(Reading reading) {
        FrameBuilder frame = new FrameBuilder(catalogue);
        for (Family<?> family : registry.families()) {
            if (family instanceof CounterFamily counters) {
                counters.all().forEach(series -> writeCounter(frame, reading, counters, series));
            } else if (family instanceof LatencyFamily latencies) {
                latencies.all().forEach(series -> writeLatency(frame, reading, latencies, series));
            } else if (family instanceof HighestFamily marks) {
                marks.all()
                        .forEach(series -> writeHighest(
                                frame,
                                reading,
                                series.cells(),
                                SeriesKey.of(marks.name(), Part.LEVEL, series.labels())));
            }
        }
        return frame;
    }

    private void writeCounter(
            FrameBuilder frame, Reading reading, CounterFamily family, Family.Series<Counter> series) {
        int slot = series.cells().slot();
        frame.put(placeOf(slot, family.name(), Part.COUNT, series.labels()), reading.value(slot));
    }

    private void writeLatency(
            FrameBuilder frame, Reading reading, LatencyFamily family, Family.Series<Latency> series) {
        Latency latency = series.cells();
        List<String> labels = series.labels();
        frame.put(placeOf(latency.sumSlot(), family.name(), Part.SUM, labels), reading.value(latency.sumSlot()));
        for (int page = 0; page < Buckets.PAGES; page++) {
            int slot = latency.pageSlot(page);
            if (slot >= 0) {
                writePage(frame, reading, slot, SeriesKey.buckets(family.name(), labels, page));
            }
        }
        writeHighest(frame, reading, latency.max(), SeriesKey.of(family.name(), Part.MAX, labels));
        writeHighest(frame, reading, latency.negatedMin(), SeriesKey.of(family.name(), Part.NEGATED_MIN, labels));
    }

    private void writePage(FrameBuilder frame, Reading reading, int slot, SeriesKey key) {
        int place = placeOf(slot);
        if (place == UNKNOWN) {
            place = remember(slot, catalogue.placeOf(key));
        }
        for (int i = 0; i < Buckets.PER_PAGE; i++) {
            frame.put(place + i, reading.value(slot + i));
        }
    }

    private void writeHighest(FrameBuilder frame, Reading reading, Highest highest, SeriesKey key) {
        long value = reading.highest(highest);
        if (value == Highest.NONE) {
            return;
        }
        int index = highest.index();
        if (index >= placeOfHighest.length) {
            placeOfHighest = grown(placeOfHighest, index);
        }
        if (placeOfHighest[index] == UNKNOWN) {
            placeOfHighest[index] = catalogue.placeOf(key);
        }
        frame.put(placeOfHighest[index], value);
    }

    private int placeOf(int slot, String metric, Part part, List<String> labels) {
        int known = placeOf(slot);
        return known != UNKNOWN ? known : remember(slot, catalogue.placeOf(SeriesKey.of(metric, part, labels)));
    }

    private int placeOf(int slot) {
        return slot < placeOfSlot.length ? placeOfSlot[slot] : UNKNOWN;
    }

    private int remember(int slot, int place) {
        if (slot >= placeOfSlot.length) {
            placeOfSlot = grown(placeOfSlot, slot);
        }
        placeOfSlot[slot] = place;
        return place;
    }

    private static int[] grown(int[] places, int index) {
        int[] larger = Arrays.copyOf(places, Math.max(index + 1, places.length * 2));
        Arrays.fill(larger, places.length, larger.length, UNKNOWN);
        return larger;
    }
}
