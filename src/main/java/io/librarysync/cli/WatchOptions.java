package io.librarysync.cli;

import io.librarysync.history.TimeText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether to ask again and again, how often, and for how long. */
final class WatchOptions {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration USUAL = Duration.ofSeconds(2);
    private static final Pattern DECIMAL = Pattern.compile("(\\d{1,9}\\.\\d{1,9})(\\s*\\p{Alpha}+)");

    @Option(
            names = {"-w", "--watch"},
            description = "Shows it live: redrawn in place on a terminal, else frame after frame.")
    boolean watch;

    @Option(names = "--interval", paramLabel = "LENGTH", description = "From frame to frame, such as 0.5s or 1m (2s).")
    @Nullable
    String interval;

    @Option(names = "--count", paramLabel = "N", description = "Ends after so many frames; implies --watch.")
    @Nullable
    Integer count;

    boolean isWanted() {
        return watch || count != null;
    }

    /** Refuses an interval that nothing is watched at. */
    void check() {
        if (interval != null && !isWanted()) {
            throw CommandFailure.wrongUsage("--interval: is for --watch; add it");
        }
    }

    Pace pace() {
        return new Pace(interval == null ? USUAL : length(interval), frames());
    }

    private long frames() {
        if (count == null) {
            return Pace.ENDLESS;
        }
        if (count < 1) {
            throw CommandFailure.wrongUsage("--count: at least 1, found %d".formatted(count));
        }
        return count;
    }

    private static Duration length(String text) {
        Duration length = read(text);
        if (length.compareTo(SHORTEST) < 0) {
            throw CommandFailure.wrongUsage("--interval: at least 0.1s, found \"%s\"".formatted(text));
        }
        return length;
    }

    private static Duration read(String text) {
        try {
            Matcher decimal = DECIMAL.matcher(text.strip());
            return decimal.matches()
                    ? times(TimeText.length("1" + decimal.group(2)), new BigDecimal(decimal.group(1)))
                    : TimeText.length(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw CommandFailure.wrongUsage("--interval: cannot read \"%s\"; try 2s, 0.5s, 1m, 1m30s".formatted(text));
        }
    }

    private static Duration times(Duration unit, BigDecimal factor) {
        return Duration.ofNanos(
                factor.multiply(BigDecimal.valueOf(unit.toNanos())).longValue());
    }
}
