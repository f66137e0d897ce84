package io.librarysync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Hlc;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HlcClockTest {

    private static final DeviceId SELF = DeviceId.parse("00000000-0000-4000-8000-000000000001");
    private static final DeviceId OTHER = DeviceId.parse("f0000000-0000-4000-8000-000000000002");

    private final HlcClock clock = new HlcClock(SELF, null);

    @Test
    void theCounterStartsAnewWithEachMillisecond() {
        assertThat(clock.tick(1_000)).isEqualTo(new Hlc(1_000, 0, SELF));
        assertThat(clock.tick(1_000)).isEqualTo(new Hlc(1_000, 1, SELF));
        assertThat(clock.tick(1_001)).isEqualTo(new Hlc(1_001, 0, SELF));
    }

    @Test
    void aStampAfterAFasterClockWasMergedIsStillLater() {
        Hlc remote = new Hlc(6_000, 4, OTHER);
        clock.merge(remote, 1_000);

        assertThat(clock.tick(1_001)).isEqualTo(new Hlc(6_000, 6, SELF)).isGreaterThan(remote);
    }

    @Test
    void aStampAfterARestartIsStillLater() {
        clock.merge(new Hlc(6_000, 4, OTHER), 1_000);
        HlcClock restarted = new HlcClock(SELF, clock.last());

        assertThat(restarted.tick(1_001)).isEqualTo(new Hlc(6_000, 6, SELF));
    }

    @Test
    void mergingTakesTheCounterOfWhoeverIsAhead() {
        clock.tick(1_000);
        assertThat(clock.merge(new Hlc(1_000, 7, OTHER), 900)).isEqualTo(new Hlc(1_000, 8, SELF));
        assertThat(clock.merge(new Hlc(500, 50, OTHER), 900)).isEqualTo(new Hlc(1_000, 9, SELF));
        assertThat(clock.merge(new Hlc(2_000, 3, OTHER), 900)).isEqualTo(new Hlc(2_000, 4, SELF));
        assertThat(clock.merge(new Hlc(2_000, 3, OTHER), 3_000)).isEqualTo(new Hlc(3_000, 0, SELF));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void noStampIsEverHandedOutTwiceOrGoesBack(long seed) {
        Random random = new Random(seed);
        Hlc last = clock.tick(0);
        for (int i = 0; i < 10_000; i++) {
            long now = random.nextInt(1_000);
            Hlc next = random.nextBoolean()
                    ? clock.tick(now)
                    : clock.merge(new Hlc(random.nextInt(1_100), random.nextInt(5), OTHER), now);
            assertThat(next).isGreaterThan(last);
            last = next;
        }
    }
}
