package io.librarysync.export;

import java.util.ArrayList;
import java.util.List;

/** Numbers over time as CSV: a header, then one line for each step; moments as in JSON, absent values empty. */
public final class HistoryCsv {
    private HistoryCsv() {}

    public static String render(MetricSeries series) {
        List<String> header = new ArrayList<>(List.of("from", "to", "complete"));
        header.addAll(series.names());
        StringBuilder csv = new StringBuilder(Csv.line(header));
        series.points().forEach(point -> csv.append(Csv.line(cells(series, point))));
        return csv.toString();
    }

    private static List<String> cells(MetricSeries series, MetricSeries.Point point) {
        List<String> cells = new ArrayList<>();
        cells.add(JsonValues.iso(point.window().from()));
        cells.add(JsonValues.iso(point.window().to()));
        cells.add(String.valueOf(point.window().complete()));
        for (String name : series.names()) {
            Quantity quantity = point.values().get(name);
            cells.add(quantity == null ? "" : quantity.value().toString());
        }
        return cells;
    }
}
