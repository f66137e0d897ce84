package io.librarysync.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.testing.Histories;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Devices that write, meet, part, fail and come back in ways that only a seed decides. {@code -Dhistories=N} runs N of them
 * instead of the usual few, {@code -Dhistories.seconds=N} as many as fit; {@code -Dhistories.seed=S} begins with seed S.
 */
class RandomHistoriesTest {
    private static final String COUNT = "histories";
    private static final String SECONDS = "histories.seconds";
    private static final String SEED = "histories.seed";
    private static final String REPORT = "histories.report";
    private static final long USUAL = 30;

    private final Histories histories;

    RandomHistoriesTest(@TempDir Path directory) {
        histories = new Histories(directory);
    }

    @Test
    void whateverHappensBooksAgreeAndContentConverges() {
        long first = Long.getLong(SEED, 1);
        long startedNanos = System.nanoTime();
        long ran = 0;
        while (isWanted(ran, System.nanoTime() - startedNanos)) {
            histories.run(first + ran);
            ran++;
        }
        report(first, ran, (System.nanoTime() - startedNanos) / 1e9);
        assertThat(ran).isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void withoutMetricsTheSameHistoryEndsWithTheSameContent(long seed) {
        assertThat(histories.contentOf(seed, false)).isEqualTo(histories.contentOf(seed, true));
    }

    private static boolean isWanted(long ran, long nanos) {
        Long seconds = Long.getLong(SECONDS);
        return seconds == null
                ? ran < Long.getLong(COUNT, USUAL)
                : nanos < Duration.ofSeconds(seconds).toNanos();
    }

    private static void report(long first, long ran, double seconds) {
        if (Boolean.getBoolean(REPORT)) {
            System.out.printf(
                    "%,d histories, seeds %d to %d, in %.0f s: %.1f a second%n",
                    ran, first, first + ran - 1, seconds, ran / seconds);
        }
    }
}
