package io.librarysync.history;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Moments and lengths of time as people write them. Whatever cannot be read is an {@link IllegalArgumentException}. */
public final class TimeText {
    /** What may be written for a moment. */
    public static final String ACCEPTED =
            "\"1 hour ago\", 90m, 2d, \"2025-10-23 10:00:00\", 2025-10-23T10:00:00Z, today, yesterday";

    private static final Pattern LENGTH = Pattern.compile("(?:\\d{1,9}\\s*[a-z]+\\s*)+");
    private static final Pattern PART = Pattern.compile("(\\d{1,9})\\s*([a-z]+)");
    private static final Pattern AGO = Pattern.compile("\\s+ago$");
    private static final Map<String, Duration> UNITS = Map.ofEntries(
            Map.entry("s", Duration.ofSeconds(1)),
            Map.entry("sec", Duration.ofSeconds(1)),
            Map.entry("second", Duration.ofSeconds(1)),
            Map.entry("m", Duration.ofMinutes(1)),
            Map.entry("min", Duration.ofMinutes(1)),
            Map.entry("minute", Duration.ofMinutes(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("hr", Duration.ofHours(1)),
            Map.entry("hour", Duration.ofHours(1)),
            Map.entry("d", Duration.ofDays(1)),
            Map.entry("day", Duration.ofDays(1)),
            Map.entry("w", Duration.ofDays(7)),
            Map.entry("week", Duration.ofDays(7)));
    private static final Pattern WITH_OFFSET =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*(?:Z|[+-]\\d\\d:\\d\\d)");
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd['T'HH:mm[:ss]]", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private TimeText() {}

    /**
     * A moment: how long ago, a local time, a time with its offset, or a day. Of a local time that a change of the clock
     * repeats the earlier one is meant.
     *
     * @param now what a relative form counts back from
     * @param zone where a local time is meant
     */
    public static Instant moment(String text, Instant now, ZoneId zone) {
        String words = text.strip().toLowerCase(Locale.ROOT);
        LocalDate today = LocalDate.ofInstant(now, zone);
        try {
            return switch (words) {
                case "today" -> today.atStartOfDay(zone).toInstant();
                case "yesterday" -> today.minusDays(1).atStartOfDay(zone).toInstant();
                default -> {
                    String length = AGO.matcher(words).replaceFirst("");
                    yield LENGTH.matcher(length).matches()
                            ? now.minus(length(length))
                            : absolute(text.strip().toUpperCase(Locale.ROOT), zone);
                }
            };
        } catch (DateTimeException | ArithmeticException e) {
            throw cannotRead(text, ACCEPTED, e);
        }
    }

    /** A length of time such as {@code 90m}, {@code 1h30m} or {@code 2 days}. */
    public static Duration length(String text) {
        String words = text.strip().toLowerCase(Locale.ROOT);
        if (!LENGTH.matcher(words).matches()) {
            throw cannotRead(text, "10s, 90m, 1h30m, 2d", null);
        }
        Duration length = Duration.ZERO;
        Matcher part = PART.matcher(words);
        while (part.find()) {
            length = length.plus(unit(part.group(2), text).multipliedBy(Long.parseLong(part.group(1))));
        }
        return length;
    }

    private static Duration unit(String name, String text) {
        Duration unit = UNITS.get(name);
        if (unit == null && name.length() > 2 && name.endsWith("s")) {
            unit = UNITS.get(name.substring(0, name.length() - 1));
        }
        if (unit == null) {
            throw cannotRead(text, "s, m, h, d or w as units, such as 90m or 2 days", null);
        }
        return unit;
    }

    private static Instant absolute(String text, ZoneId zone) {
        String iso = text.replaceFirst(" +", "T");
        if (WITH_OFFSET.matcher(iso).matches()) {
            return OffsetDateTime.parse(iso).toInstant();
        }
        var local = LOCAL.parseBest(iso, LocalDateTime::from, LocalDate::from);
        LocalDateTime time = local instanceof LocalDate day ? day.atStartOfDay() : (LocalDateTime) local;
        return time.atZone(zone).toInstant();
    }

    private static IllegalArgumentException cannotRead(String text, String accepted, @Nullable Throwable cause) {
        return new IllegalArgumentException("cannot read \"" + text + "\"; try " + accepted, cause);
    }
}
