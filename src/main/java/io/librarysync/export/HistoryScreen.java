package io.librarysync.export;

import io.librarysync.metrics.SnapshotWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The screen of {@code sd sync history}: a table with one line for each step. */
public final class HistoryScreen {
    private final MetricSeries series;
    private final ScreenStyle style;

    private HistoryScreen(MetricSeries series, ScreenStyle style) {
        this.series = series;
        this.style = style;
    }

    /**
     * The screen as text, each line ended. A single number is drawn beside the table.
     *
     * @param chart whether to draw all of them below it
     */
    public static String render(MetricSeries series, boolean chart, ScreenStyle style) {
        return new HistoryScreen(series, style).render(chart);
    }

    private String render(boolean chart) {
        Layout layout = new Layout(style);
        layout.title("Sync History (every "
                + Formats.withoutZeros(series.steps().step().toMillis()) + ", "
                + Formats.dateTime(series.steps().since(), style.zone()) + " to "
                + Formats.dateTime(series.steps().until(), style.zone()) + ")");
        table().forEach(layout::labelled);
        if (chart) {
            layout.blank();
            charts().forEach(layout::labelled);
        }
        if (!series.notFilterable().isEmpty()) {
            layout.blank();
            layout.line("Not split by the filter: " + String.join(", ", series.notFilterable()));
        }
        return layout.text();
    }

    private List<String> table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(headings());
        List<String> clocks = clocks();
        List<String> bars = isDrawn() ? bars(series.names().get(0)) : List.of();
        for (int i = 0; i < clocks.size(); i++) {
            rows.add(row(clocks.get(i), series.points().get(i), isDrawn() ? List.of(bars.get(i)) : List.of()));
        }
        return Table.lines(
                rows, column -> column > 0 && column <= series.names().size());
    }

    private List<String> headings() {
        List<String> headings = new ArrayList<>(List.of("SINCE"));
        headings.addAll(series.names());
        headings.addAll(isDrawn() ? List.of("", "") : List.of(""));
        return headings;
    }

    private List<String> clocks() {
        List<Instant> begins =
                series.points().stream().map(point -> point.window().from()).toList();
        return Formats.clocks(begins, series.steps().until(), style.zone());
    }

    private List<String> row(String clock, MetricSeries.Point point, List<String> bar) {
        List<String> row = new ArrayList<>(List.of(clock));
        for (String name : series.names()) {
            row.add(text(point.values().get(name)));
        }
        row.addAll(bar);
        row.add(missing(point.window()));
        return row;
    }

    private static String text(@Nullable Quantity quantity) {
        return quantity == null ? Formats.UNKNOWN : Formats.number(quantity.value(), quantity.unit());
    }

    private boolean isDrawn() {
        return series.names().size() == 1;
    }

    private List<String> bars(String name) {
        List<Optional<Quantity>> column = series.column(name);
        Bars bars = new Bars(column, style.unicode());
        return column.stream().map(bars::bar).toList();
    }

    private static String missing(SnapshotWindow window) {
        return window.missing().stream()
                .map(SnapshotWindow.Missing::reason)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private List<String> charts() {
        List<List<String>> rows = series.names().stream()
                .map(name -> List.of(name, new Bars(series.column(name), style.unicode()).line(series.column(name))))
                .toList();
        return Table.lines(rows, column -> false);
    }
}
