package io.librarysync.instrument;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The cells of all metrics of one system. Cells are never set back: a stretch of time is the difference of two readings.
 *
 * <p>Metrics are read in the reverse of the order in which they were declared. Where one thing is always recorded before
 * another and is declared before it (what came in before what became of it), no reading shows more of the second than of
 * the first.
 */
public final class MetricRegistry {
    private final Stripes stripes = new Stripes();
    private final AtomicInteger slots = new AtomicInteger();
    private final AtomicInteger highests = new AtomicInteger();
    private volatile int epoch;
    private final List<Family<?>> families = new CopyOnWriteArrayList<>();

    /** Everything counted so far, with the peaks and extremes of the epoch that lasts. */
    public Reading read() {
        return read(epoch);
    }

    /** Everything counted so far, with the peaks and extremes of an epoch: the one that lasts or the one before it. */
    public Reading read(int ofEpoch) {
        stripes.retireEnded();
        ReadingBuilder builder = new ReadingBuilder(stripes, highest -> highest.get(ofEpoch));
        for (int i = families.size() - 1; i >= 0; i--) {
            builder.add(families.get(i), slots.get(), highests.get());
        }
        return builder.build();
    }

    /** The number of the epoch that lasts: how often one was closed. */
    public int epoch() {
        return epoch;
    }

    /** Begins an epoch and reads the one that ends by that: from now on peaks and extremes are of the new one. */
    public Reading close() {
        int next = epoch + 1;
        highests().forEach(highest -> highest.clear(next));
        epoch = next;
        return read(next - 1);
    }

    /** Takes back a {@link #close()}: what came after it is of the epoch before. */
    public void reopen() {
        int undone = epoch;
        epoch = undone - 1;
        highests().forEach(highest -> highest.merge(undone));
    }

    /**
     * The numbers of a frame as a reading of this registry, which must not be recorded to: series that the frame knows are
     * made, whatever this registry does not declare is left out.
     */
    public Reading restore(Frame frame) {
        return new FrameReader(families).read(frame);
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

    int allocate(int count) {
        return slots.getAndAdd(count);
    }

    Highest newHighest(boolean ofEpoch) {
        return new Highest(this, highests.getAndIncrement(), ofEpoch);
    }

    private <F extends Family<?>> F declare(F family) {
        if (families.stream().anyMatch(known -> known.name().equals(family.name()))) {
            throw new IllegalArgumentException("two metrics are called " + family.name());
        }
        families.add(family);
        return family;
    }

    private List<Highest> highests() {
        return families.stream()
                .flatMap(family -> ReadingBuilder.highestsOf(family).stream())
                .toList();
    }
}
