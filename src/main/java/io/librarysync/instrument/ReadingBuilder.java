package io.librarysync.instrument;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/** Copies one family after the other out of the live cells. */
final class ReadingBuilder {
    private final Stripes stripes;
    private final ToLongFunction<Highest> highestValue;
    private long[] values = new long[0];
    private long[] highests = new long[0];

    ReadingBuilder(Stripes stripes, ToLongFunction<Highest> highestValue) {
        this.stripes = stripes;
        this.highestValue = highestValue;
    }

    static List<Highest> highestsOf(Family<?> family) {
        if (family instanceof HighestFamily marks) {
            return marks.all().stream().map(Family.Series::cells).toList();
        }
        if (family instanceof LatencyFamily latencies) {
            return latencies.all().stream()
                    .map(Family.Series::cells)
                    .flatMap(latency -> List.of(latency.max(), latency.negatedMin()).stream())
                    .toList();
        }
        return List.of();
    }

    void add(Family<?> family, int slots, int highestCount) {
        values = Arrays.copyOf(values, Math.max(slots, values.length));
        growHighests(highestCount);
        if (family instanceof CounterFamily counters) {
            counters.all().forEach(series -> addSlots(series.cells().slot(), 1));
        } else if (family instanceof LatencyFamily latencies) {
            latencies.all().forEach(series -> addLatency(series.cells()));
        } else if (family instanceof HighestFamily marks) {
            marks.all().forEach(series -> addHighest(series.cells()));
        }
    }

    Reading build() {
        return new Reading(values, highests);
    }

    private void addLatency(Latency latency) {
        for (int page = 0; page < Buckets.PAGES; page++) {
            int slot = latency.pageSlot(page);
            if (slot >= 0) {
                addSlots(slot, Buckets.PER_PAGE);
            }
        }
        addSlots(latency.sumSlot(), 1);
        addHighest(latency.max());
        addHighest(latency.negatedMin());
    }

    private void addSlots(int slot, int count) {
        if (slot + count > values.length) {
            values = Arrays.copyOf(values, slot + count);
        }
        stripes.addTo(values, slot, slot + count);
    }

    private void addHighest(Highest highest) {
        growHighests(highest.index() + 1);
        highests[highest.index()] = highestValue.applyAsLong(highest);
    }

    private void growHighests(int count) {
        int before = highests.length;
        if (count > before) {
            highests = Arrays.copyOf(highests, count);
            Arrays.fill(highests, before, count, Highest.NONE);
        }
    }
}
