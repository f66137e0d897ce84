package io.librarysync.instrument;

import java.util.List;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * One thread counts what came in and then what became of it, another reads both in one reading. Forbidden are more outcomes
 * than inputs (the second number above the first): the cells were then not read in the reverse of the order in which they
 * are written, or a write was seen before an earlier one.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "before both")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "between them")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "after both")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without its input")
@State
public class OutcomesAfterInputsStress {
    private final MetricRegistry registry = new MetricRegistry();
    private final CounterFamily received = registry.counters("received", List.of());
    private final CounterFamily applied = registry.counters("applied", List.of());
    private final Counter in = received.at();
    private final Counter out = applied.at();

    @Actor
    public void record() {
        in.increment();
        out.increment();
    }

    @Actor
    public void read(JJ_Result result) {
        View view = new View(registry.read(), Map.of());
        result.r1 = view.sum(received);
        result.r2 = view.sum(applied);
    }
}
