package io.librarysync.instrument;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The cells of all metrics of one system. Cells are never set back: a stretch of time is the difference of two readings.
 *
 * <p>Metrics are read in the reverse of the order in which they were declared. Where one thing is always recorded before
 * another and is declared before it (what came in before what became of it), no reading shows more of the second than of the
 * first.
 */
public final class MetricRegistry {
    private final Stripes stripes = new Stripes();
    private final Places slots = new Places();
    private final Places highestPlaces = new Places();
    private final HighestCells highests = new HighestCells();
    private final List<Family<?>> families = new CopyOnWriteArrayList<>();
    private volatile int epoch;

    /** The cells of each thread, which no other may write to. */
    public OwnStripes ownStripes() {
        return stripes.own();
    }

    /** Everything counted so far, with the peaks and extremes of the epoch that lasts. */
    public Reading read() {
        return read(epoch);
    }

    /** Everything counted so far, with the peaks and extremes of an epoch: the one that lasts or the one before it. */
    public Reading read(int ofEpoch) {
        stripes.retireEnded();
        long[] cells = stripes.read(slots);
        return new Reading(cells, highests.read(ofEpoch));
    }

    /** The number of the epoch that lasts: how often one was closed. */
    public int epoch() {
        return epoch;
    }

    /** Begins an epoch and reads the one that ends by that: from now on peaks and extremes are of the new one. */
    public Reading close() {
        int next = epoch + 1;
        highests.clear(next);
        epoch = next;
        return read(next - 1);
    }

    /** Takes back a {@link #close()}: what came after it is of the epoch before. */
    public void reopen() {
        int undone = epoch;
        epoch = undone - 1;
        highests.merge(undone);
    }

    /**
     * The numbers of a frame as a reading of this registry, which must not be recorded to: series that the frame knows are
     * made, whatever this registry does not declare is left out.
     */
    public Reading restore(Frame frame) {
        return frameReader().read(frame);
    }

    /** Does the same for one frame after the other. */
    public FrameReader frameReader() {
        return new FrameReader(families);
    }

    CounterFamily counters(String name, List<String> dimensions) {
        return declare(new CounterFamily(this, name, dimensions));
    }

    LatencyFamily latencies(String name, List<String> dimensions) {
        return declare(new LatencyFamily(this, name, dimensions));
    }

    HighestFamily highests(String name, List<String> dimensions, boolean ofEpoch) {
        return declare(new HighestFamily(this, name, dimensions, ofEpoch));
    }

    /** What was declared, in that order. */
    List<Family<?>> families() {
        return families;
    }

    Stripes stripes() {
        return stripes;
    }

    /** Where the numbers of one metric go that add up. */
    Places.Lane newLane() {
        return slots.newLane();
    }

    Highest newHighest(SeriesKey key, boolean ofEpoch) {
        Highest highest = highests.add(this, ofEpoch);
        highestPlaces.put(highest.index(), key);
        return highest;
    }

    Extremes newExtremes(SeriesKey max, SeriesKey negatedMin) {
        Extremes extremes = highests.addExtremes();
        highestPlaces.put(extremes.maxIndex(), max);
        highestPlaces.put(extremes.negatedMinIndex(), negatedMin);
        return extremes;
    }

    /** What each cell is. */
    Places slots() {
        return slots;
    }

    /** What each highest value is. */
    Places highestPlaces() {
        return highestPlaces;
    }

    private <F extends Family<?>> F declare(F family) {
        if (families.stream().anyMatch(known -> known.name().equals(family.name()))) {
            throw new IllegalArgumentException("two metrics are called " + family.name());
        }
        families.add(family);
        return family;
    }
}
