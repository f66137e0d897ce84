package io.librarysync.insight;

import io.librarysync.export.Formats;
import io.librarysync.export.Quantity;
import io.librarysync.export.ScreenStyle;
import io.librarysync.export.Table;
import io.librarysync.metrics.SnapshotWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The screen of {@code sd sync compare}. */
public final class ComparisonScreen {
    private static final List<String> HEADINGS =
            List.of("METRIC", "BEFORE", "AFTER", "CHANGE", "BEFORE/S", "AFTER/S", "RELATIVE");

    private final Comparison comparison;
    private final ScreenStyle style;

    private ComparisonScreen(Comparison comparison, ScreenStyle style) {
        this.comparison = comparison;
        this.style = style;
    }

    /** The screen as text, each line ended. */
    public static String render(Comparison comparison, ScreenStyle style) {
        String text = new ComparisonScreen(comparison, style).text();
        return style.unicode() ? text : text.replace(Formats.UNKNOWN, "-");
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        lines.add("Before: " + label(comparison.before()));
        lines.add("After:  " + label(comparison.after()));
        lines.add("");
        lines.addAll(comparison.differences().isEmpty() ? List.of("No differences") : table());
        if (!left().isEmpty()) {
            lines.add("");
            lines.add("Not split by the filter: " + String.join(", ", left()));
        }
        return String.join("\n", lines) + "\n";
    }

    private Set<String> left() {
        Set<String> left = new LinkedHashSet<>(comparison.before().notFilterable());
        left.addAll(comparison.after().notFilterable());
        return left;
    }

    private String label(Comparison.Side side) {
        SnapshotWindow window = side.window();
        return "%s, %s to %s (%s%s)%s"
                .formatted(
                        Formats.clean(side.device()),
                        clock(window.from()),
                        clock(window.to()),
                        Formats.duration(
                                Duration.between(window.from(), window.to()).toMillis()),
                        window.complete() ? "" : ", incomplete: " + missing(window),
                        filter(side));
    }

    private String missing(SnapshotWindow window) {
        return window.missing().stream()
                .map(missing -> missing.reason() + " " + clock(Instant.ofEpochMilli(missing.atEpochMillis())))
                .collect(Collectors.joining(", "));
    }

    private static String filter(Comparison.Side side) {
        return (side.peer() == null ? "" : ", peer " + side.peer())
                + (side.model() == null ? "" : ", model " + side.model());
    }

    private String clock(Instant time) {
        return Formats.dateTime(time, style.zone());
    }

    private List<String> table() {
        List<List<String>> rows = new ArrayList<>(List.of(HEADINGS));
        for (Difference difference : comparison.differences()) {
            difference.changes().forEach(change -> rows.add(row(difference, change)));
        }
        return Table.lines(rows, column -> column > 0);
    }

    private static List<String> row(Difference difference, Change change) {
        return List.of(
                change.field().isEmpty() ? difference.metric() : difference.metric() + '.' + change.field(),
                number(change.before(), change.unit()),
                number(change.after(), change.unit()),
                signed(change),
                rate(change.beforePerSecond(), change),
                rate(change.afterPerSecond(), change),
                percent(change.relative()));
    }

    private static String number(@Nullable Number number, String unit) {
        return number == null ? Formats.UNKNOWN : Formats.number(number, unit);
    }

    private static String signed(Change change) {
        Number absolute = change.absolute();
        if (absolute == null) {
            return Formats.UNKNOWN;
        }
        String size = Formats.number(
                absolute instanceof Double
                        ? (Number) Math.abs(absolute.doubleValue())
                        : (Number) Math.abs(absolute.longValue()),
                change.unit());
        return (absolute.doubleValue() < 0 ? "-" : "+") + size;
    }

    private static String rate(@Nullable Double rate, Change change) {
        if (rate == null) {
            return change.kind() == Quantity.Kind.COUNTER ? Formats.UNKNOWN : "";
        }
        return Formats.rate(rate, change.unit());
    }

    private static String percent(@Nullable Double relative) {
        return relative == null ? Formats.UNKNOWN : String.format(Locale.ROOT, "%+,.1f%%", 100 * relative);
    }
}
