package io.librarysync.history;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The stretch of time that a question is about. What cannot be read is an {@link IllegalArgumentException}. */
public sealed interface Window {
    /** Since the epoch that lasts began. */
    Window CURRENT_EPOCH = new Between(null, null);

    /** What may be written for a window in one word. */
    String ACCEPTED = "1h, yesterday, FROM..TO or epoch:N";

    /**
     * From one moment to another.
     *
     * @param since null for the begin of the epoch at the end
     * @param until null for now
     */
    record Between(@Nullable Instant since, @Nullable Instant until) implements Window {
        public Between {
            if (since != null && until != null && !since.isBefore(until)) {
                throw new IllegalArgumentException(
                        "since: %s is not before until, which is %s".formatted(since, until));
            }
        }
    }

    /** A whole epoch: the first one known is 1, the one that lasts or lasted last is −1. */
    record OfEpoch(int number) implements Window {}

    /**
     * From one moment to another, as people write them.
     *
     * @param now which no moment may be after
     */
    static Between between(@Nullable String since, @Nullable String until, Instant now, ZoneId zone) {
        return new Between(moment("since", since, now, zone), moment("until", until, now, zone));
    }

    /** A window in one word: {@value #ACCEPTED}. */
    static Window parse(String text, Instant now, ZoneId zone) {
        Matcher epoch = Words.EPOCH.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (epoch.matches()) {
            return new OfEpoch(Integer.parseInt(epoch.group(1)));
        }
        String[] ends = text.split("\\.\\.", -1);
        if (ends.length == 2) {
            Function<String, @Nullable String> given = end -> end.isBlank() ? null : end;
            return between(given.apply(ends[0]), given.apply(ends[1]), now, zone);
        }
        if (text.strip().equalsIgnoreCase("yesterday")) {
            LocalDate today = LocalDate.ofInstant(now, zone);
            return new Between(
                    today.minusDays(1).atStartOfDay(zone).toInstant(),
                    today.atStartOfDay(zone).toInstant());
        }
        return between(text, null, now, zone);
    }

    private static @Nullable Instant moment(String name, @Nullable String text, Instant now, ZoneId zone) {
        if (text == null) {
            return null;
        }
        try {
            Instant moment = TimeText.moment(text, now, zone);
            if (moment.isAfter(now)) {
                throw new IllegalArgumentException("\"" + text + "\" is in the future");
            }
            return moment;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /** How windows are written. */
    final class Words {
        private static final Pattern EPOCH = Pattern.compile("epoch:(-?\\d{1,6})");

        private Words() {}
    }
}
