package io.librarysync.instrument;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Two threads add to a ring that holds both. Forbidden is anything but both items, in either order, and the number 2. */
@JCStressTest
@Outcome(
        id = {"\\[1, 2\\], 2", "\\[2, 1\\], 2"},
        expect = Expect.ACCEPTABLE,
        desc = "both, in the order of their arrival")
@Outcome(expect = Expect.FORBIDDEN, desc = "an item was lost or not counted")
@State
public class EvictingRingCountStress {
    private final EvictingRing<Integer> ring = new EvictingRing<>(2);

    @Actor
    public void addOne() {
        ring.add(1);
    }

    @Actor
    public void addTwo() {
        ring.add(2);
    }

    @Arbiter
    public void look(LL_Result result) {
        EvictingRing.Contents<Integer> contents = ring.contents();
        result.r1 = contents.items();
        result.r2 = contents.added();
    }
}
