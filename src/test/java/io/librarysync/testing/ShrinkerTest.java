package io.librarysync.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.testing.Happening.Kind;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ShrinkerTest {

    @Test
    void onlyWhatItTakesToFailIsLeft() {
        History failing = longOne();

        History shortest = Shrinker.shrink(
                failing, history -> countOf(Kind.TAG, history) >= 2 && countOf(Kind.KILL, history) >= 1);

        assertThat(shortest.happenings()).hasSize(3);
        assertThat(countOf(Kind.TAG, shortest)).isEqualTo(2);
        assertThat(shortest.happenings()).isSubsetOf(failing.happenings());
    }

    @Test
    void aHistoryThatFailsOnlyAsAWholeStaysAsItIs() {
        History whole = longOne();

        assertThat(Shrinker.shrink(whole, history -> history.equals(whole))).isEqualTo(whole);
    }

    @Test
    void itGivesUpAfterABoundedNumberOfTries() {
        AtomicInteger tries = new AtomicInteger();

        Shrinker.shrink(longOne(), history -> tries.incrementAndGet() < 0);

        assertThat(tries).hasValueLessThan(1_000);
    }

    @Test
    void aSeedAlwaysStandsForTheSameHistory() {
        assertThat(History.of(5)).isEqualTo(History.of(5)).isNotEqualTo(History.of(6));
    }

    /** The first history that has what these tests are about. */
    private static History longOne() {
        for (long seed = 1; true; seed++) {
            History history = History.of(seed);
            if (countOf(Kind.TAG, history) > 2 && countOf(Kind.KILL, history) > 1) {
                return history;
            }
        }
    }

    private static long countOf(Kind kind, History history) {
        return history.happenings().stream()
                .filter(happening -> happening.kind() == kind)
                .count();
    }
}
