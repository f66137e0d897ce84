package io.librarysync.instrument;

import java.util.List;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Two threads record durations of one octave that no value was in before. Forbidden is anything but two values with both
 * extremes: a value is lost if each thread makes the buckets of that octave anew, an extreme if one offer overwrites the
 * other.
 */
@JCStressTest
@Outcome(id = "2, 1.0, 1.5", expect = Expect.ACCEPTABLE, desc = "both values")
@Outcome(expect = Expect.FORBIDDEN, desc = "a value or an extreme was lost")
@State
public class DistributionCountStress {
    private final MetricRegistry registry = new MetricRegistry();
    private final LatencyFamily family = registry.latencies("duration", List.of());

    @Actor
    public void recordShort() {
        family.at().record(1_000_000);
    }

    @Actor
    public void recordLong() {
        family.at().record(1_500_000);
    }

    @Arbiter
    public void read(LLL_Result result) {
        Latency.Summary summary =
                new View(registry.read(), Map.of()).distribution(family).summary();
        result.r1 = summary.count();
        result.r2 = summary.min();
        result.r3 = summary.max();
    }
}
