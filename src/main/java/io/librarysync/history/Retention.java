package io.librarysync.history;

import java.time.Duration;
import java.util.List;

/**
 * How long samples are kept, ever fewer of them. Written as {@code 2d,15m:30d,6h:730d}: every sample for two days, one every
 * 15 minutes for 30 days, one every 6 hours for two years.
 *
 * @param all how long every sample is kept
 * @param mediumStep how far apart those are that are kept for {@code medium}
 * @param longStep how far apart those are that are kept for {@code lasting}
 */
public record Retention(Duration all, Duration mediumStep, Duration medium, Duration longStep, Duration lasting) {
    public static final Retention STANDARD = parse("2d,15m:30d,6h:730d");

    public Retention {
        List<Duration> rising = List.of(all, medium, lasting);
        if (!rising.equals(rising.stream().sorted().toList())
                || mediumStep.compareTo(longStep) > 0
                || mediumStep.isZero()) {
            throw new IllegalArgumentException("fewer samples must be kept for longer: " + rising);
        }
    }

    /** Reads the written form; anything else is an {@link IllegalArgumentException} that says what it takes. */
    public static Retention parse(String text) {
        String[] parts = text.split("[,:]", -1);
        if (parts.length != 5 || !text.matches("[^,:]+,[^,:]+:[^,:]+,[^,:]+:[^,:]+")) {
            throw new IllegalArgumentException("cannot read \"" + text
                    + "\"; it takes three lengths of time and two steps, such as 2d,15m:30d,6h:730d");
        }
        return new Retention(
                TimeText.length(parts[0]),
                TimeText.length(parts[1]),
                TimeText.length(parts[2]),
                TimeText.length(parts[3]),
                TimeText.length(parts[4]));
    }
}
