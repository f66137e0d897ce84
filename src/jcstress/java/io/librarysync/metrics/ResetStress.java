package io.librarysync.metrics;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJJ_Result;

/**
 * One thread closes two epochs while another records changes. Received, applied, rejected and timed are summed over both
 * closed epochs and the last. Forbidden is anything but what was recorded: less if an increment fell between two epochs,
 * more if one is in both.
 */
@JCStressTest
@Outcome(id = "2, 1, 1, 1", expect = Expect.ACCEPTABLE, desc = "each increment is in one epoch")
@Outcome(expect = Expect.FORBIDDEN, desc = "an increment was lost or counted twice")
@State
public class ResetStress {
    private static final StressedMetrics.Counts NONE = new StressedMetrics.Counts(0, 0, 0, 0);

    private final StressedMetrics device = new StressedMetrics();
    private StressedMetrics.Counts one = NONE;
    private StressedMetrics.Counts other = NONE;

    @Actor
    public void record() {
        device.receiveTwo();
    }

    @Actor
    public void reset() {
        one = device.reset();
        other = device.reset();
    }

    @Arbiter
    public void sum(JJJJ_Result result) {
        StressedMetrics.Counts last = device.counts();
        result.r1 = one.received() + other.received() + last.received();
        result.r2 = one.applied() + other.applied() + last.applied();
        result.r3 = one.rejected() + other.rejected() + last.rejected();
        result.r4 = one.timed() + other.timed() + last.timed();
    }
}
