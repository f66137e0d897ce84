package io.librarysync.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2025-10-25T08:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "1 hour ago, 2025-10-25T07:00:00Z",
        "30 min ago, 2025-10-25T07:30:00Z",
        "90m, 2025-10-25T06:30:00Z",
        "1h30m, 2025-10-25T06:30:00Z",
        "2d, 2025-10-23T08:00:00Z",
        "1 WEEK, 2025-10-18T08:00:00Z",
        "45 Seconds ago, 2025-10-25T07:59:15Z",
        "3 hrs, 2025-10-25T05:00:00Z",
        "2025-10-23 10:00:00, 2025-10-23T08:00:00Z",
        "2025-10-23T10:00:00, 2025-10-23T08:00:00Z",
        "2025-10-23 10:00, 2025-10-23T08:00:00Z",
        "2025-10-23, 2025-10-22T22:00:00Z",
        "2025-10-23T10:00:00Z, 2025-10-23T10:00:00Z",
        "2025-10-23T10:00:00.250Z, 2025-10-23T10:00:00.250Z",
        "2025-10-23T10:00:00+02:00, 2025-10-23T08:00:00Z",
        "2025-10-23 10:00:00+02:00, 2025-10-23T08:00:00Z",
        "today, 2025-10-24T22:00:00Z",
        "Yesterday, 2025-10-23T22:00:00Z",
    })
    void aMomentIsReadInEveryForm(String text, Instant meant) {
        assertThat(TimeText.moment(text, NOW, BERLIN)).isEqualTo(meant);
    }

    @Test
    void ofAnHourThatComesTwiceTheEarlierOneIsMeant() {
        assertThat(TimeText.moment("2025-10-26 02:30", NOW, BERLIN)).isEqualTo(Instant.parse("2025-10-26T00:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesteday",
                "",
                "5",
                "10:00",
                "2025-13-01",
                "2025-02-30",
                "2025-10-2310:00",
                "1 fortnight",
                "-1h",
                "2025-10-23T10:00:00+99:00",
                "99999999999999h"
            })
    void whatCannotBeReadIsRefusedWithWhatCan(String text) {
        assertThatThrownBy(() -> TimeText.moment(text, NOW, BERLIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot read \"" + text + "\"; try ");
    }

    @Test
    void aLengthAddsUpItsParts() {
        assertThat(TimeText.length("1d 2h30m 5 sec"))
                .isEqualTo(Duration.ofDays(1).plusHours(2).plusMinutes(30).plusSeconds(5));
    }

    @Test
    void aWindowInOneWordIsReadInEveryForm() {
        Instant midnight = Instant.parse("2025-10-24T22:00:00Z");
        assertThat(Window.parse("1h", NOW, BERLIN)).isEqualTo(new Window.Between(NOW.minusSeconds(3_600), null));
        assertThat(Window.parse("yesterday", NOW, BERLIN))
                .isEqualTo(new Window.Between(midnight.minus(Duration.ofDays(1)), midnight));
        assertThat(Window.parse("2h..1h", NOW, BERLIN))
                .isEqualTo(new Window.Between(NOW.minusSeconds(7_200), NOW.minusSeconds(3_600)));
        assertThat(Window.parse("..1h", NOW, BERLIN)).isEqualTo(new Window.Between(null, NOW.minusSeconds(3_600)));
        assertThat(Window.parse("epoch:-1", NOW, BERLIN)).isEqualTo(new Window.OfEpoch(-1));
    }

    @Test
    void aWindowThatEndsBeforeItBeginsOrLiesAheadIsRefused() {
        assertThatThrownBy(() -> Window.between("1h", "2h", NOW, BERLIN)).hasMessageStartingWith("since: ");
        assertThatThrownBy(() -> Window.between("2999-01-01", null, NOW, BERLIN))
                .hasMessage("since: \"2999-01-01\" is in the future");
    }

    @Test
    void aRetentionIsReadAndRefusedWithWhatItTakes() {
        assertThat(Retention.parse("2d,15m:30d,6h:730d"))
                .isEqualTo(new Retention(
                        Duration.ofDays(2),
                        Duration.ofMinutes(15),
                        Duration.ofDays(30),
                        Duration.ofHours(6),
                        Duration.ofDays(730)));
        assertThatThrownBy(() -> Retention.parse("2d")).hasMessageContaining("2d,15m:30d,6h:730d");
        assertThatThrownBy(() -> Retention.parse("30d,15m:2d,6h:730d")).hasMessageContaining("fewer samples");
    }
}
