package io.librarysync.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsTest {

    @ParameterizedTest
    @ValueSource(ints = {9, 10, 21, 24, 60, 240, 1_000})
    void theIntervalHoldsTheMedianInNinetyFiveOfAHundredCases(int count) {
        double held = 1 - 2 * atMost(Spreads.beyond(count), count);
        double heldByTwoRanksLess = 1 - 2 * atMost(Spreads.beyond(count) + 2, count);

        assertThat(held).isGreaterThanOrEqualTo(0.95);
        assertThat(heldByTwoRanksLess).isLessThan(0.95);
    }

    @Test
    void aRowNamesMedianIntervalAndExtremes() {
        assertThat(table(21))
                .isEqualTo(
                        """
                | of it | median | 95 % sure from | to | least | most |
                |---|---|---|---|---|---|
                | what | 11.0 | 6.0 | 16.0 | 1.0 | 21.0 |
                | all | 0.50 |  |  |  |  |
                """);
    }

    @Test
    void tooFewValuesHaveNoInterval() {
        assertThat(table(3)).contains("| what | 2.0 | – | – | 1.0 | 3.0 |");
    }

    private static String table(int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Spreads spreads = Spreads.begin(new PrintStream(out, true, StandardCharsets.UTF_8), "of it");
        spreads.row(
                "what",
                "%.1f",
                IntStream.rangeClosed(1, count).map(i -> count + 1 - i).asDoubleStream());
        spreads.total("all", "%.2f", 0.5);
        return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    /** How likely at most so many of {@code count} values lie below their median. */
    private static double atMost(int most, int count) {
        double logOfOne = -count * Math.log(2);
        double sum = 0;
        for (int below = 0; below <= most; below++) {
            sum += Math.exp(logOfOne);
            logOfOne += Math.log(count - below) - Math.log(below + 1.0);
        }
        return sum;
    }
}
