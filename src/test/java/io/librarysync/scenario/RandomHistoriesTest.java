package io.librarysync.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.testing.Histories;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Devices that write, meet, part, fail and come back in ways that only a seed decides. {@code -Dhistories=N} runs N of them
 * instead of the usual few, {@code -Dhistories.seconds=N} as many as fit, {@code -Dhistories.seed=S} begins with seed S.
 */
class RandomHistoriesTest {
    private static final int USUAL = 60;
    private static final long FIRST_SEED = 1;

    @Test
    void whateverHappensBooksAgreeAndContentConverges(@TempDir Path directory) {
        Histories histories = new Histories(directory);
        long seed = Long.getLong("histories.seed", FIRST_SEED);
        long wanted = Long.getLong("histories", USUAL);
        long until = System.nanoTime() + Duration.ofSeconds(Long.getLong("histories.seconds", 0)).toNanos();
        boolean timed = Long.getLong("histories.seconds") != null;
        long ran = 0;
        while (timed ? System.nanoTime() < until : ran < wanted) {
            histories.run(seed + ran);
            ran++;
        }
        assertThat(ran).isPositive();
    }
}
