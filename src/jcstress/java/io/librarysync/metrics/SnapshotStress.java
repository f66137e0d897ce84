package io.librarysync.metrics;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJJ_Result;

/**
 * A snapshot while changes are received, applied and rejected; it shows the numbers of those three and of the durations of
 * applying. Forbidden are more applied and rejected than received, and a duration before the change it is of was counted:
 * outcomes were then read after their inputs.
 */
@JCStressTest
@Outcome(id = "0, 0, 0, 0", expect = Expect.ACCEPTABLE, desc = "before all")
@Outcome(id = "2, 0, 0, 0", expect = Expect.ACCEPTABLE, desc = "received")
@Outcome(id = "2, 1, 0, [01]", expect = Expect.ACCEPTABLE, desc = "one is applied")
@Outcome(id = "2, 1, 1, [01]", expect = Expect.ACCEPTABLE, desc = "one is applied, one rejected")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome without its input")
@State
public class SnapshotStress {
    private final StressedMetrics device = new StressedMetrics();

    @Actor
    public void record() {
        device.receiveTwo();
    }

    @Actor
    public void read(JJJJ_Result result) {
        StressedMetrics.Counts counts = device.counts();
        result.r1 = counts.received();
        result.r2 = counts.applied();
        result.r3 = counts.rejected();
        result.r4 = counts.timed();
    }
}
