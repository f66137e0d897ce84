package io.librarysync.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Numbers over time as JSON. */
public final class HistoryJson {
    private HistoryJson() {}

    public static ObjectNode tree(MetricSeries series) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("from", JsonValues.iso(series.steps().since()));
        json.put("to", JsonValues.iso(series.steps().until()));
        json.put("step_ms", series.steps().step().toMillis());
        json.set("metrics", JsonValues.write("metrics", series.names()));
        if (!series.notFilterable().isEmpty()) {
            json.set("not_filterable", JsonValues.write("not_filterable", series.notFilterable()));
        }
        var points = json.putArray("points");
        series.points().forEach(point -> points.add(point(point)));
        return json;
    }

    private static ObjectNode point(MetricSeries.Point point) {
        ObjectNode json = SnapshotJson.window(point.window());
        json.remove("span");
        ObjectNode values = json.putObject("values");
        point.values().forEach((name, quantity) -> values.set(name, JsonValues.write(name, quantity.value())));
        return json;
    }
}
