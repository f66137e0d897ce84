package io.librarysync.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values of the JSON in the words of the dashboard. What is not in the JSON is a dash. */
final class PageText {
    static final String UNKNOWN = "–";

    private static final List<String> SIZES = List.of("B", "kB", "MB", "GB", "TB");
    private static final double KILO = 1_000;
    private static final int FEW_MILLIS = 10;
    private static final int MINUTE = 60_000;

    private PageText() {}

    static String count(JsonNode number) {
        return number.isMissingNode() ? UNKNOWN : count(number.longValue());
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** The sum of an object's numbers. */
    static long total(JsonNode parts) {
        return parts.valueStream().mapToLong(JsonNode::longValue).sum();
    }

    static String duration(JsonNode millis) {
        return millis.isMissingNode() ? UNKNOWN : duration(millis.longValue());
    }

    static String duration(long millis) {
        Duration time = Duration.ofMillis(millis);
        String units = Stream.of(
                        time.toDaysPart() + "d",
                        time.toHoursPart() + "h",
                        time.toMinutesPart() + "m",
                        time.toSecondsPart() + "s")
                .dropWhile(PageText::isNone)
                .limit(2)
                .filter(unit -> !isNone(unit))
                .collect(Collectors.joining(" "));
        return units.isEmpty() ? "0s" : units;
    }

    private static boolean isNone(String unit) {
        return unit.startsWith("0");
    }

    static String latency(JsonNode millis) {
        return millis.isMissingNode() ? UNKNOWN : latency(millis.doubleValue());
    }

    static String latency(double millis) {
        if (millis < FEW_MILLIS) {
            return rounded(millis, millis > 0 && millis < 0.1 ? 2 : 1).replaceFirst("\\.0+$", "") + "ms";
        }
        if (millis < KILO) {
            return rounded(millis, 0) + "ms";
        }
        return millis < MINUTE
                ? rounded(millis / KILO, 1).replaceFirst("\\.0+$", "") + "s"
                : duration(Math.round(millis));
    }

    static String bytes(JsonNode bytes) {
        return bytes.isMissingNode() ? UNKNOWN : bytes(bytes.doubleValue());
    }

    static String bytes(double bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 999.95) {
            size /= KILO;
            unit++;
        }
        return rounded(size, unit == 0 ? 0 : 1) + " " + SIZES.get(unit);
    }

    /** Of parts that are neither next to nothing nor next to all. */
    static String percent(long part, long whole) {
        double share = 100.0 * part / whole;
        return share < 0.01 ? "<0.01%" : rounded(share, share < 0.1 ? 2 : 1) + "%";
    }

    static String mean(JsonNode sum, JsonNode number) {
        return rounded(sum.doubleValue() / number.longValue(), 1);
    }

    static String clock(JsonNode moment) {
        return moment.isMissingNode() ? UNKNOWN : clock(Instant.parse(moment.textValue()));
    }

    static String clock(Instant moment) {
        ZoneId zone = ZoneId.systemDefault();
        boolean isToday = LocalDate.ofInstant(moment, zone).equals(LocalDate.now(zone));
        return DateTimeFormatter.ofPattern(isToday ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss")
                .withZone(zone)
                .format(moment);
    }

    static String ago(JsonNode moment, Instant now) {
        return moment.isMissingNode()
                ? "never"
                : duration(Duration.between(Instant.parse(moment.textValue()), now)
                                .toMillis()) + " ago";
    }

    private static String rounded(double number, int digits) {
        return new BigDecimal(number).setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }
}
