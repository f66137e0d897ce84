package io.librarysync.insight;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.librarysync.export.SnapshotJson;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A comparison as JSON. What is not known is absent. */
public final class ComparisonJson {
    private static final double UNUSUAL_DIGITS = 10_000;

    private ComparisonJson() {}

    public static ObjectNode tree(Comparison comparison) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("before", side(comparison.before()));
        json.set("after", side(comparison.after()));
        ArrayNode differences = json.putArray("differences");
        comparison.differences().forEach(difference -> differences.add(difference(difference)));
        return json;
    }

    private static ObjectNode side(Comparison.Side side) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("device", side.device());
        json.set("window", SnapshotJson.window(side.window()));
        put(json, "peer", side.peer());
        put(json, "model", side.model());
        if (!side.notFilterable().isEmpty()) {
            ArrayNode paths = json.putArray("not_filterable");
            side.notFilterable().forEach(paths::add);
        }
        return json;
    }

    private static ObjectNode difference(Difference difference) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("metric", difference.metric());
        json.put("unusual", Math.round(difference.unusual() * UNUSUAL_DIGITS) / UNUSUAL_DIGITS);
        ArrayNode changes = json.putArray("changes");
        difference.changes().forEach(change -> changes.add(change(change)));
        return json;
    }

    private static ObjectNode change(Change change) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, "field", change.field().isEmpty() ? null : change.field());
        json.put("kind", change.kind().name().toLowerCase(Locale.ROOT));
        json.put("unit", change.unit());
        put(json, "before", change.before());
        put(json, "after", change.after());
        put(json, "absolute", change.absolute());
        put(json, "before_per_second", change.beforePerSecond());
        put(json, "after_per_second", change.afterPerSecond());
        put(json, "relative", change.relative());
        return json;
    }

    private static void put(ObjectNode json, String key, @Nullable Object value) {
        if (value != null) {
            json.putPOJO(key, value);
        }
    }
}
