package io.librarysync.instrument;

import java.util.Arrays;

/** Writes readings of one registry as frames of one catalogue, and remembers where each number goes. Not thread-safe. */
public final class FrameWriter {
    private final SeriesCatalogue catalogue;
    private final Moves cells;
    private final Moves highests;

    /** From the places of a registry to those of the catalogue. */
    private final class Moves {
        private final Places from;
        private int[] to = new int[0];
        private int known;

        Moves(Places from) {
            this.from = from;
        }

        /** Learns where the numbers go that were made since the last time. */
        void update() {
            for (Places.Place place : from.after(known)) {
                int end = place.first() + place.key().width();
                if (end > to.length) {
                    to = Arrays.copyOf(to, Math.max(end, to.length * 2));
                }
                int target = catalogue.placeOf(place.key());
                for (int i = place.first(); i < end; i++) {
                    to[i] = target + i - place.first();
                }
                known++;
            }
        }
    }

    public FrameWriter(MetricRegistry registry, SeriesCatalogue catalogue) {
        this.catalogue = catalogue;
        this.cells = new Moves(registry.slots());
        this.highests = new Moves(registry.highestPlaces());
    }

    /** A frame that holds all of {@code reading} already, which is of this registry. */
    public FrameBuilder begin(Reading reading) {
        cells.update();
        highests.update();
        FrameBuilder frame = new FrameBuilder(catalogue);
        for (int slot = 0; slot < reading.slots(); slot++) {
            frame.put(cells.to[slot], reading.value(slot));
        }
        for (int index = 0; index < reading.highests(); index++) {
            if (reading.highest(index) != Highest.NONE) {
                frame.put(highests.to[index], reading.highest(index));
            }
        }
        return frame;
    }
}
