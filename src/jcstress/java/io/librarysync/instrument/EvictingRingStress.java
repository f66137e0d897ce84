package io.librarysync.instrument;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * One thread adds two items to a ring of one place while another looks at it: what it holds and how many there ever were. Forbidden
 * are two items at once, none after one was added, and a number of items that does not fit what is held.
 */
@JCStressTest
@Outcome(id = "\\[\\], 0", expect = Expect.ACCEPTABLE, desc = "before both")
@Outcome(id = "\\[1\\], 1", expect = Expect.ACCEPTABLE, desc = "after the first")
@Outcome(id = "\\[2\\], 2", expect = Expect.ACCEPTABLE, desc = "after both")
@Outcome(expect = Expect.FORBIDDEN, desc = "items and their number contradict each other")
@State
public class EvictingRingStress {
    private final EvictingRing<Integer> ring = new EvictingRing<>(1);

    @Actor
    public void add() {
        ring.add(1);
        ring.add(2);
    }

    @Actor
    public void look(LL_Result result) {
        EvictingRing.Contents<Integer> contents = ring.contents();
        result.r1 = contents.items();
        result.r2 = contents.added();
    }
}
