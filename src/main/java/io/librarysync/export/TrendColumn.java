package io.librarysync.export;

import io.librarysync.history.Trend;
import io.librarysync.metrics.Activity.Work;
import java.util.Optional;
import java.util.regex.Pattern;

/** The pace and the last minutes of a total, beside it. Without a trend a total stands alone. */
final class TrendColumn {
    private static final int RATE_END = 49;
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[\\d*m");

    private final Optional<Trend> trend;
    private final Sparkline sparkline;

    TrendColumn(Optional<Trend> trend, ScreenStyle style) {
        this.trend = trend;
        this.sparkline = new Sparkline(style.unicode());
    }

    /**
     * A total and its trend.
     *
     * @param column where the total begins on the screen
     */
    String beside(String total, int column, Work work) {
        return trend.map(known -> total + rightAligned(rate(known, work), column + width(total)) + steps(known, work))
                .orElse(total);
    }

    /** The pace of everything on one line, at the end of the screen. */
    void addTo(Layout layout) {
        trend.ifPresent(known -> {
            layout.blank();
            layout.line("Rates (last %s): changes %s out, %s in; bytes %s out, %s in"
                    .formatted(
                            Formats.duration(known.span().toMillis()),
                            rate(known, Work.BROADCAST),
                            rate(known, Work.RECEIVED),
                            rate(known, Work.BYTES_SENT),
                            rate(known, Work.BYTES_RECEIVED)));
        });
    }

    private String steps(Trend known, Work work) {
        String steps = sparkline.of(known.steps(work));
        return " ".repeat(1 + Trend.STEPS - steps.length()) + steps;
    }

    private static String rightAligned(String rate, int from) {
        return " ".repeat(Math.max(1, RATE_END - from - rate.length())) + rate;
    }

    private static int width(String total) {
        return COLOUR.matcher(total).replaceAll("").length();
    }

    private static String rate(Trend known, Work work) {
        double perSecond = known.perSecond(work);
        boolean bytes = work == Work.BYTES_SENT || work == Work.BYTES_RECEIVED;
        return (bytes ? Formats.bytes(Math.round(perSecond)) : Formats.rate(perSecond)) + "/s";
    }
}
