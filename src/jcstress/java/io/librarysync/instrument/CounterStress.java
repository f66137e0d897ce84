package io.librarysync.instrument;

import java.util.List;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * Two threads ask for the same series, which neither has met, and count in it. Forbidden is anything but their sum: less
 * when each made a series of its own or both wrote the same cell, more when a reading met a cell twice.
 */
@JCStressTest
@Outcome(id = "5", expect = Expect.ACCEPTABLE, desc = "each increment counted once")
@Outcome(expect = Expect.FORBIDDEN, desc = "an increment was lost or counted twice")
@State
public class CounterStress {
    private final MetricRegistry registry = new MetricRegistry();
    private final CounterFamily family = registry.counters("changes", List.of("peer"));

    @Actor
    public void one() {
        family.at("a").increment();
        family.at("a").increment();
    }

    @Actor
    public void other() {
        family.at("a").add(3);
    }

    @Arbiter
    public void read(J_Result result) {
        result.r1 = new View(registry.read(), Map.of()).sum(family);
    }
}
