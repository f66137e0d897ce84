package io.librarysync.instrument;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * One thread records 1 µs and then 1 ms into a distribution while another reads it: its count, the sum of its buckets in the
 * same reading, its least and its greatest value in microseconds. A value that is offered as an extreme before it is counted
 * leaves the bound of the highest bucket as the greatest. Forbidden are a count that is not that sum, a least value above the
 * greatest, and inexact extremes of two values: one then became visible in a bucket before it was offered as an extreme.
 */
@JCStressTest
@Outcome(id = "0, 0, null, null", expect = Expect.ACCEPTABLE, desc = "before both")
@Outcome(id = "1, 1, 1.0, 1.0", expect = Expect.ACCEPTABLE, desc = "only the short one")
@Outcome(id = "1, 1, 1.0, 1.023", expect = Expect.ACCEPTABLE, desc = "the short one, the long one offered")
@Outcome(id = "2, 2, 1.0, 1000.0", expect = Expect.ACCEPTABLE, desc = "both")
@Outcome(expect = Expect.FORBIDDEN, desc = "a distribution that contradicts itself")
@State
public class DistributionStress {
    private final MetricRegistry registry = new MetricRegistry();
    private final LatencyFamily family = registry.latencies("duration", List.of());
    private final Latency latency = family.at();

    @Actor
    public void record() {
        latency.record(1_000);
        latency.record(1_000_000);
    }

    @Actor
    public void read(LLLL_Result result) {
        Reading reading = registry.read();
        Latency.Summary summary =
                new View(reading, Map.of()).distribution(family).summary();
        result.r1 = summary.count();
        result.r2 = counted(reading);
        result.r3 = micros(summary.min());
        result.r4 = micros(summary.max());
    }

    private long counted(Reading reading) {
        long sum = 0;
        for (int page = 0; page < Buckets.PAGES; page++) {
            for (int bucket = 0; latency.pageSlot(page) >= 0 && bucket < Buckets.PER_PAGE; bucket++) {
                sum += reading.value(latency.pageSlot(page) + bucket);
            }
        }
        return sum;
    }

    private static @Nullable Double micros(@Nullable Double millis) {
        return millis == null ? null : Double.valueOf(Math.round(millis * 1e6) / 1e3);
    }
}
