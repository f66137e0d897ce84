package io.librarysync.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EvictingRingTest {
    private final EvictingRing<Integer> ring = new EvictingRing<>(3);

    @Test
    void aFullRingDropsItsOldestAndStillKnowsHowManyThereWere() {
        for (int i = 1; i <= 5; i++) {
            ring.add(i);
        }

        assertThat(ring.contents().items()).containsExactly(3, 4, 5);
        assertThat(ring.contents().added()).isEqualTo(5);
    }

    @Test
    void onlyItemsAfterAMarkAreReturnedAndOnlyThoseStillHeld() {
        for (int i = 1; i <= 5; i++) {
            ring.add(i);
        }

        assertThat(ring.contents().after(5)).isEmpty();
        assertThat(ring.contents().after(4)).containsExactly(5);
        assertThat(ring.contents().after(0)).containsExactly(3, 4, 5);
    }

    @Test
    void whatWasHandedOutDoesNotChange() {
        ring.add(1);
        EvictingRing.Contents<Integer> before = ring.contents();
        ring.add(2);

        assertThat(before.items()).containsExactly(1);
    }

    @Test
    void aRingWithoutRoomIsRefused() {
        assertThatThrownBy(() -> new EvictingRing<Integer>(0)).hasMessage("a ring holds at least one item, not 0");
    }
}
