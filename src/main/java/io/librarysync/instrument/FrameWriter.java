package io.librarysync.instrument;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes readings of one registry as frames of one catalogue, and remembers where each number goes. Not thread-safe. */
public final class FrameWriter {
    private final SeriesCatalogue catalogue;
    private final Moves cells;
    private final Moves highests;

    /** Numbers that follow each other in the registry and in the catalogue as well, so that they are copied as one. */
    private record Run(int from, int to, int length) {
        private boolean isFollowedBy(int nextFrom, int nextTo) {
            return from + length == nextFrom && to + length == nextTo;
        }

        private Run with(int more) {
            return new Run(from, to, length + more);
        }
    }

    /** From the places of a registry to those of the catalogue. */
    private final class Moves {
        private final Places from;
        private final List<Run> runs = new ArrayList<>();
        private int known;

        Moves(Places from) {
            this.from = from;
        }

        /** Where the numbers go, those included that were made since the last time. */
        List<Run> runs() {
            for (Places.Place place : added()) {
                add(place.first(), catalogue.placeOf(place.key()), place.key().width());
                known++;
            }
            return runs;
        }

        /** By their places, so that the catalogue gets them in that order and many are copied as one. */
        private List<Places.Place> added() {
            return from.after(known).stream()
                    .sorted(Comparator.comparingInt(Places.Place::first))
                    .toList();
        }

        private void add(int first, int target, int width) {
            int last = runs.size() - 1;
            if (last >= 0 && runs.get(last).isFollowedBy(first, target)) {
                runs.set(last, runs.get(last).with(width));
            } else {
                runs.add(new Run(first, target, width));
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
        List<Run> ofCells = cells.runs();
        List<Run> ofHighests = highests.runs();
        FrameBuilder frame = new FrameBuilder(catalogue);
        ofCells.forEach(run -> copy(run, reading.values(), frame));
        ofHighests.forEach(run -> copy(run, reading.highests(), frame));
        return frame;
    }

    /** What came after the reading was made is not in it. */
    private static void copy(Run run, long[] values, FrameBuilder frame) {
        int length = Math.min(run.length(), values.length - run.from());
        if (length > 0) {
            frame.put(run.to(), values, run.from(), length);
        }
    }
}
