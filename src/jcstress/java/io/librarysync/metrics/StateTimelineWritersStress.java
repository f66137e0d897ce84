package io.librarysync.metrics;

import io.librarysync.domain.SyncState;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Two threads report a transition each. Forbidden is anything but both of them, counted and listed: one overwrote the other.
 */
@JCStressTest
@Outcome(id = "1, 1, 2", expect = Expect.ACCEPTABLE, desc = "both transitions")
@Outcome(expect = Expect.FORBIDDEN, desc = "a transition was lost or counted twice")
@State
public class StateTimelineWritersStress {
    private final SyncMetrics metrics = new StressedMetrics().metrics();

    @Actor
    public void catchUp() {
        metrics.recorder().stateChanged(SyncState.UNINITIALIZED, SyncState.CATCHING_UP, "a partner came online");
    }

    @Actor
    public void becomeReady() {
        metrics.recorder().stateChanged(SyncState.UNINITIALIZED, SyncState.READY, "alone");
    }

    @Arbiter
    public void read(LLL_Result result) {
        StateMetricsMXBean state = metrics.snapshot().state();
        Map<String, Long> transitions = state.getTransitionCount();
        result.r1 = transitions.getOrDefault("Uninitialized->CatchingUp", 0L);
        result.r2 = transitions.getOrDefault("Uninitialized->Ready", 0L);
        result.r3 = (long) state.getStateHistory().size();
    }
}
