package io.librarysync.metrics;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/**
 * A snapshot while an epoch in which two changes were received is closed. Forbidden is anything but the closed epoch or the
 * new, empty one: numbers of one were then set off against the baseline of the other.
 */
@JCStressTest
@Outcome(id = "2, 1, 1", expect = Expect.ACCEPTABLE, desc = "the epoch before")
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "the epoch after")
@Outcome(expect = Expect.FORBIDDEN, desc = "a mixture of both")
@State
public class SnapshotDuringResetStress {
    private final StressedMetrics device = new StressedMetrics();

    public SnapshotDuringResetStress() {
        device.receiveTwo();
    }

    @Actor
    public void reset() {
        device.reset();
    }

    @Actor
    public void read(JJJ_Result result) {
        StressedMetrics.Counts counts = device.counts();
        result.r1 = counts.received();
        result.r2 = counts.applied();
        result.r3 = counts.rejected();
    }
}
