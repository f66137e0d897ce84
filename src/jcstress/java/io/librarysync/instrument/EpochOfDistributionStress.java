package io.librarysync.instrument;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * An epoch is closed while a duration is recorded: how many values the closed epoch has, how many the next, and whether each
 * of them has its least value at most its greatest. Forbidden is anything but one value in one of the two: it was then lost
 * between them or counted in both; or an epoch has a value whose extremes contradict each other.
 */
@JCStressTest
@Outcome(id = "1, 0, true", expect = Expect.ACCEPTABLE, desc = "in the epoch that was closed")
@Outcome(id = "0, 1, true", expect = Expect.ACCEPTABLE, desc = "in the next")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, counted twice, or extremes that contradict each other")
@State
public class EpochOfDistributionStress {
    private final MetricRegistry registry = new MetricRegistry();
    private final LatencyFamily family = registry.latencies("duration", List.of());
    private final Latency latency = family.at();
    private @Nullable Reading closed;

    @Actor
    public void record() {
        latency.record(40_000);
    }

    @Actor
    public void close() {
        closed = registry.close();
    }

    @Arbiter
    public void read(LLL_Result result) {
        Reading ended = closed;
        if (ended == null) {
            return;
        }
        Latency.Summary before = summary(ended);
        Latency.Summary after = summary(registry.read().since(ended));
        result.r1 = before.count();
        result.r2 = after.count();
        result.r3 = isOrdered(before) && isOrdered(after);
    }

    private Latency.Summary summary(Reading reading) {
        return new View(reading, Map.of()).distribution(family).summary();
    }

    private static boolean isOrdered(Latency.Summary summary) {
        Double min = summary.min();
        Double max = summary.max();
        return min == null || max == null || min <= max;
    }
}
