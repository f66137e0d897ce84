package io.librarysync.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time cut into equal steps; the last one may be shorter. Too short a step, and too many of them, are an
 * {@link IllegalArgumentException}.
 *
 * @param toNow whether {@code until} is now, so that the last step ends with what holds now
 */
public record Steps(Instant since, Instant until, boolean toNow, Duration step) {
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final int MOST = 2_000;
    private static final Duration USUAL_LENGTH = Duration.ofHours(1);
    private static final int USUAL_NUMBER = 60;
    private static final List<Duration> ROUND = Stream.of(
                    "10s", "30s", "1m", "2m", "5m", "10m", "15m", "30m", "1h", "2h", "3h", "6h", "12h", "1d", "2d",
                    "1w", "2w", "4w")
            .map(TimeText::length)
            .toList();

    public Steps {
        if (!since.isBefore(until)) {
            throw new IllegalArgumentException("since: %s is not before %s".formatted(since, until));
        }
        if (step.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("step: %d s is too short; samples are %d s apart"
                    .formatted(step.toSeconds(), SHORTEST.toSeconds()));
        }
        Duration shortest = Duration.between(since, until).dividedBy(MOST);
        if (step.compareTo(shortest) < 0) {
            throw new IllegalArgumentException("step: would be taken more than %,d times; try at least %ds"
                    .formatted(MOST, shortest.toSeconds() + 1));
        }
    }

    /**
     * The steps of a window.
     *
     * @param window without a begin it is one hour long
     * @param step null for a round one that is taken about 60 times
     */
    public static Steps of(Window.Between window, @Nullable Duration step, Instant now) {
        Instant end = window.until();
        Instant until = end == null ? now : end;
        Instant begin = window.since();
        Instant since = begin == null ? until.minus(USUAL_LENGTH) : begin;
        return new Steps(since, until, end == null, step == null ? round(Duration.between(since, until)) : step);
    }

    /** The windows, one after the other. */
    public List<Window.Between> windows() {
        List<Window.Between> windows = new ArrayList<>();
        for (Instant begin = since; begin.isBefore(until); begin = begin.plus(step)) {
            windows.add(window(begin));
        }
        return windows;
    }

    /** When the step of that begin ends. */
    public Instant endOf(Instant begin) {
        Instant end = begin.plus(step);
        return end.isBefore(until) ? end : until;
    }

    private Window.Between window(Instant begin) {
        Instant end = endOf(begin);
        return new Window.Between(begin, toNow && end.equals(until) ? null : end);
    }

    private static Duration round(Duration length) {
        Duration exact = length.dividedBy(USUAL_NUMBER);
        return ROUND.stream()
                .filter(step -> step.compareTo(exact) >= 0)
                .findFirst()
                .orElse(exact);
    }
}
