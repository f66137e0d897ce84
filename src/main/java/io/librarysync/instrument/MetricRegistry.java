package io.librarysync.instrument;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;

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
    private final List<Family<?>> families = new CopyOnWriteArrayList<>();

    /** Everything counted so far. */
    public Reading read() {
        return read(Highest::get);
    }

    /** Everything counted so far; peaks and extremes of distributions start anew. */
    public Reading close() {
        return read(Highest::close);
    }

    /** Takes back a {@link #close()}: the peaks of {@code closed} count on. */
    public void reopen(Reading closed) {
        highests().forEach(highest -> highest.offer(closed.highest(highest)));
    }

    CounterFamily counters(List<String> dimensions) {
        return declare(new CounterFamily(this, dimensions));
    }

    LatencyFamily latencies(List<String> dimensions) {
        return declare(new LatencyFamily(this, dimensions));
    }

    HighestFamily highests(List<String> dimensions, boolean ofEpoch) {
        return declare(new HighestFamily(this, dimensions, ofEpoch));
    }

    Stripes stripes() {
        return stripes;
    }

    int allocate(int count) {
        return slots.getAndAdd(count);
    }

    Highest newHighest(boolean ofEpoch) {
        return new Highest(highests.getAndIncrement(), ofEpoch);
    }

    private <F extends Family<?>> F declare(F family) {
        families.add(family);
        return family;
    }

    private Reading read(ToLongFunction<Highest> value) {
        stripes.retireEnded();
        ReadingBuilder builder = new ReadingBuilder(stripes, value);
        for (int i = families.size() - 1; i >= 0; i--) {
            builder.add(families.get(i), slots.get(), highests.get());
        }
        return builder.build();
    }

    private List<Highest> highests() {
        return families.stream()
                .flatMap(family -> ReadingBuilder.highestsOf(family).stream())
                .toList();
    }
}
