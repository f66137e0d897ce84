package io.librarysync.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerLawTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1, 2})
    void theExponentOfAPowerIsFound(double exponent) {
        PowerLaw law = PowerLaw.through(Stream.of(10.0, 100.0, 1_000.0, 10_000.0)
                .map(count -> new PowerLaw.Point(count, 3 * Math.pow(count, exponent)))
                .toList());

        assertThat(law.exponent()).isCloseTo(exponent, within(1e-9));
    }
}
