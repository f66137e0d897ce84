package io.librarysync.metrics;

import io.librarysync.domain.SyncState;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * A device becomes ready while somebody looks: the state, how many transitions are counted, how many are listed, and whether
 * the time in all states is the whole time. Forbidden is a state that the transitions do not lead to, or time that is missing
 * or in two states: parts of two timelines were then read as one.
 */
@JCStressTest
@Outcome(id = "Uninitialized, 0, 0, true", expect = Expect.ACCEPTABLE, desc = "before both transitions")
@Outcome(id = "CatchingUp, 1, 1, true", expect = Expect.ACCEPTABLE, desc = "between them")
@Outcome(id = "Ready, 2, 2, true", expect = Expect.ACCEPTABLE, desc = "after both")
@Outcome(expect = Expect.FORBIDDEN, desc = "a mixture of two timelines")
@State
public class StateTimelineStress {
    private final SyncMetrics metrics = new StressedMetrics().metrics();

    @Actor
    public void change() {
        metrics.recorder().stateChanged(SyncState.UNINITIALIZED, SyncState.CATCHING_UP, "a partner came online");
        metrics.recorder().stateChanged(SyncState.CATCHING_UP, SyncState.READY, "caught up");
    }

    @Actor
    public void read(LLLL_Result result) {
        StateMetricsMXBean state = metrics.snapshot().state();
        result.r1 = state.getCurrentState();
        result.r2 = Sums.of(state.getTransitionCount());
        result.r3 = (long) state.getStateHistory().size();
        result.r4 = Sums.of(state.getTotalTimeInState()) == state.getUptimeMillis();
    }
}
