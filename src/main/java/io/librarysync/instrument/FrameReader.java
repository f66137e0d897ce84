package io.librarysync.instrument;

import io.librarysync.instrument.SeriesCatalogue.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames as readings of a registry that nobody records to: series that a frame knows are made there, whatever the
 * registry does not declare is left out. Where each number goes is remembered from one frame to the next. Not thread-safe.
 */
public final class FrameReader {
    private final Map<String, Family<?>> families = new HashMap<>();
    private final List<Target> targets = new ArrayList<>();
    private @Nullable SeriesCatalogue catalogue;
    private int known;
    private int values;
    private int highests;

    FrameReader(Collection<Family<?>> families) {
        families.forEach(family -> this.families.put(family.name(), family));
    }

    /** Where an entry of the catalogue goes. */
    private static final class Target {
        private static final int NOWHERE = -1;

        private final Entry entry;
        private final boolean isHighest;
        private final IntSupplier made;
        private int index = NOWHERE;

        /** @param made makes the cells, and says where they are */
        Target(Entry entry, boolean isHighest, IntSupplier made) {
            this.entry = entry;
            this.isHighest = isHighest;
            this.made = made;
        }

        /** Whether a frame has it, and so has its series; empty buckets say nothing of that. */
        boolean isIn(Frame frame) {
            return isBuckets() ? hasAny(frame) : frame.at(entry.place()) != Frame.ABSENT;
        }

        boolean isBuckets() {
            return entry.key().part() == SeriesKey.Part.BUCKETS;
        }

        private boolean hasAny(Frame frame) {
            for (int i = 0; i < width(); i++) {
                if (frame.at(entry.place() + i) != 0) {
                    return true;
                }
            }
            return false;
        }

        boolean isMade() {
            return index != NOWHERE;
        }

        int index() {
            if (!isMade()) {
                index = made.getAsInt();
            }
            return index;
        }

        int width() {
            return entry.key().width();
        }

        void copy(Frame frame, long[] to) {
            for (int i = 0; i < width(); i++) {
                to[index + i] = frame.at(entry.place() + i);
            }
        }
    }

    /** Whether a frame has numbers of the very series that those read before it had. */
    public boolean fits(Frame frame) {
        if (catalogue != frame.catalogue()) {
            return false;
        }
        learn(frame.catalogue());
        return targets.stream().allMatch(target -> target.isBuckets() || target.isIn(frame) == target.isMade());
    }

    public Reading read(Frame frame) {
        learn(frame.catalogue());
        List<Target> present =
                targets.stream().filter(target -> target.isIn(frame)).toList();
        present.forEach(this::makeRoom);
        long[] readValues = new long[values];
        long[] readHighests = new long[highests];
        Arrays.fill(readHighests, Highest.NONE);
        present.forEach(target -> target.copy(frame, target.isHighest ? readHighests : readValues));
        return new Reading(readValues, readHighests);
    }

    private void makeRoom(Target target) {
        int end = target.index() + target.width();
        if (target.isHighest) {
            highests = Math.max(highests, end);
        } else {
            values = Math.max(values, end);
        }
    }

    private void learn(SeriesCatalogue of) {
        if (catalogue != of) {
            catalogue = of;
            targets.clear();
            known = 0;
        }
        if (of.count() > known) {
            List<Entry> fresh = of.after(known);
            fresh.forEach(this::learn);
            known += fresh.size();
        }
    }

    private void learn(Entry entry) {
        Family<?> family = families.get(entry.key().metric());
        List<String> labels = entry.key().labels();
        if (family == null || labels.size() != family.dimensions().size()) {
            return; // it was another metric, or had other dimensions, in the version that wrote it
        }
        if (family instanceof CounterFamily counters) {
            targets.add(new Target(entry, false, () -> counters.series(labels).slot()));
        } else if (family instanceof HighestFamily marks) {
            targets.add(new Target(entry, true, () -> marks.series(labels).index()));
        } else if (family instanceof LatencyFamily latencies) {
            learn(entry, latencies);
        }
    }

    private void learn(Entry entry, LatencyFamily family) {
        List<String> labels = entry.key().labels();
        switch (entry.key().part()) {
            case SUM ->
                targets.add(new Target(entry, false, () -> family.series(labels).sumSlot()));
            case BUCKETS ->
                targets.add(new Target(entry, false, () -> family.series(labels)
                        .page(entry.key().page())));
            case MAX ->
                targets.add(new Target(
                        entry, true, () -> family.series(labels).extremes().maxIndex()));
            case NEGATED_MIN ->
                targets.add(new Target(
                        entry, true, () -> family.series(labels).extremes().negatedMinIndex()));
            default -> {} // it was no distribution in the version that wrote it
        }
    }
}
