package io.librarysync.export;

import io.librarysync.instrument.Metric;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Numbers as the screens show them, and text of somebody else. */
public final class Formats {
    public static final String UNKNOWN = "–";

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private Formats() {}

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 1 error}, {@code 2 errors}. */
    public static String count(long count, String one) {
        return count(count) + " " + (count == 1 ? one : one + "s");
    }

    /** The two largest units: {@code 2h 34m}, {@code 3m 4s}, {@code 12s}. */
    public static String duration(long millis) {
        List<String> units = units(millis);
        return String.join(" ", units.subList(0, Math.min(2, units.size())));
    }

    /** Every unit down to the second: {@code 2h 34m 12s}. */
    static String toTheSecond(long millis) {
        return String.join(" ", units(millis));
    }

    /** Every unit of which there is any: {@code 1h 30m}, {@code 2d}. */
    static String withoutZeros(long millis) {
        return units(millis).stream().filter(unit -> !unit.startsWith("0")).collect(Collectors.joining(" "));
    }

    /** {@code 4.1ms} below 10 ms, {@code 342ms} below 1 s, {@code 2.1s} below 60 s, then a duration. */
    static String latency(double millis) {
        if (millis > 0 && millis < 0.095) {
            return format("%.2fms", millis);
        }
        if (millis < 9.95) {
            return format("%.1fms", millis);
        }
        if (millis < 999.5) {
            return format("%.0fms", millis);
        }
        return millis < 59_950 ? format("%.1fs", millis / SECOND) : duration(Math.round(millis));
    }

    /** As {@link #latency}, for whole milliseconds. */
    static String age(long millis) {
        return millis < SECOND ? millis + "ms" : latency((double) millis);
    }

    static String seconds(long millis) {
        return format("%.1fs", (double) millis / SECOND);
    }

    /** Powers of 1,000: bytes whole, then one decimal. */
    static String bytes(long bytes) {
        String[] units = {"kB", "MB", "GB", "TB", "PB", "EB"};
        if (bytes < 1_000) {
            return bytes + " B";
        }
        double scaled = (double) bytes / 1_000;
        int unit = 0;
        while (scaled >= 999.95 && unit < units.length - 1) {
            scaled /= 1_000;
            unit++;
        }
        return format("%.1f ", scaled) + units[unit];
    }

    /** One decimal, two at the ends, and never a false 0 or 100. */
    static String percent(long part, long whole) {
        if (whole == 0) {
            return UNKNOWN;
        }
        if (part == 0 || part == whole) {
            return part == 0 ? "0.0%" : "100.0%";
        }
        double percent = 100.0 * part / whole;
        if (percent < 0.01) {
            return "<0.01%";
        }
        if (percent > 99.99) {
            return ">99.99%";
        }
        return percent < 0.1 || percent > 99.9 ? format("%.2f%%", percent) : format("%.1f%%", percent);
    }

    /** A mean with one decimal. */
    static String mean(long sum, long count) {
        return count == 0 ? UNKNOWN : format("%,.1f", (double) sum / count);
    }

    /** A number of a metric in its unit. */
    public static String number(Number number, String unit) {
        return switch (unit) {
            case Metric.BYTES -> bytes(number.longValue());
            case Metric.MILLIS -> number instanceof Double ? latency(number.doubleValue()) : age(number.longValue());
            default -> number instanceof Double ? format("%,.1f", number.doubleValue()) : count(number.longValue());
        };
    }

    /** So many a second; two decimals, four below 1. */
    public static String rate(double perSecond, String unit) {
        if (unit.equals(Metric.BYTES)) {
            return bytes(Math.round(perSecond));
        }
        return format(perSecond != 0 && Math.abs(perSecond) < 1 ? "%.4f" : "%,.2f", perSecond);
    }

    /** Clock times in a zone: all with their date, or none if all are of the day of {@code now}. */
    static List<String> clocks(List<Instant> times, Instant now, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        boolean allToday =
                times.stream().allMatch(time -> LocalDate.ofInstant(time, zone).equals(today));
        DateTimeFormatter format = (allToday ? TIME : DATE_TIME).withZone(zone);
        return times.stream().map(format::format).toList();
    }

    /** A clock time in a zone with its date. */
    public static String dateTime(Instant time, ZoneId zone) {
        return DATE_TIME.withZone(zone).format(time);
    }

    /** How many per second: one decimal below 100, {@code <0.1} rather than a false 0. */
    static String rate(double perSecond) {
        if (perSecond > 0 && perSecond < 0.05) {
            return "<0.1";
        }
        return perSecond == 0 ? "0" : format(perSecond < 99.95 ? "%.1f" : "%,.0f", perSecond);
    }

    /** A clock time in a zone, with the date unless it is that of {@code now}. */
    public static String clock(Instant time, Instant now, ZoneId zone) {
        boolean today = LocalDate.ofInstant(time, zone).equals(LocalDate.ofInstant(now, zone));
        return (today ? TIME : DATE_TIME).withZone(zone).format(time);
    }

    /** Text of somebody else on one line: control characters become spaces. */
    public static String clean(String text) {
        return CONTROL.matcher(text).replaceAll(" ");
    }

    private static List<String> units(long millis) {
        List<String> units = new ArrayList<>();
        add(units, millis / DAY, "d");
        add(units, millis % DAY / HOUR, "h");
        add(units, millis % HOUR / MINUTE, "m");
        units.add(millis % MINUTE / SECOND + "s");
        return units;
    }

    private static void add(List<String> units, long amount, String unit) {
        if (amount > 0 || !units.isEmpty()) {
            units.add(amount + unit);
        }
    }

    private static String format(String pattern, double number) {
        return String.format(Locale.ROOT, pattern, number);
    }
}
