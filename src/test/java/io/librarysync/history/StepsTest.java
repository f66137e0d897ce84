package io.librarysync.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepsTest {
    private static final Instant NOW = Instant.parse("2026-02-03T12:00:00Z");

    @Test
    void theLastStepMayBeShorterAndEndsNow() {
        Instant since = NOW.minusSeconds(25);
        assertThat(steps(since, null, 10).windows())
                .containsExactly(
                        new Window.Between(since, since.plusSeconds(10)),
                        new Window.Between(since.plusSeconds(10), since.plusSeconds(20)),
                        new Window.Between(since.plusSeconds(20), null));
    }

    @Test
    void aPastStretchEndsWhereItWasAskedTo() {
        Instant since = NOW.minusSeconds(25);
        assertThat(steps(since, NOW, 15).windows())
                .containsExactly(
                        new Window.Between(since, since.plusSeconds(15)),
                        new Window.Between(since.plusSeconds(15), NOW));
    }

    @ParameterizedTest
    @CsvSource({"1m, 10s", "10m, 10s", "11m, 30s", "1h, 1m", "2d, 1h", "30d, 12h", "365d, 1w"})
    void withoutALengthAStepIsRoundAndTakenAbout60Times(String length, String step) {
        Instant since = NOW.minus(TimeText.length(length));
        assertThat(Steps.of(new Window.Between(since, null), null, NOW).step()).isEqualTo(TimeText.length(step));
    }

    @Test
    void thereAreAtMost2000() {
        assertThat(steps(NOW.minusSeconds(20_000), null, 10).windows()).hasSize(2_000);
        assertThatThrownBy(() -> steps(NOW.minusSeconds(20_001), null, 10))
                .hasMessage("step: would be taken more than 2,000 times; try at least 11s");
    }

    private static Steps steps(Instant since, @Nullable Instant until, int seconds) {
        return Steps.of(new Window.Between(since, until), Duration.ofSeconds(seconds), NOW);
    }
}
