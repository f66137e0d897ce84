package io.librarysync.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.librarysync.events.EventId;
import io.librarysync.events.SyncEvent;
import io.librarysync.events.SyncEventType;
import io.librarysync.metrics.Member;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Events as JSON; absent values are absent keys. */
public final class EventJson {
    private EventJson() {}

    /** One event as one object. */
    public static ObjectNode tree(SyncEvent event) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (EventColumn column : EventColumn.values()) {
            String value = column.of(event);
            if (value != null) {
                switch (column.kind()) {
                    case TEXT -> json.put(column.label(), value);
                    case NUMBER -> json.put(column.label(), Long.parseLong(value));
                    case LIST -> event.models().forEach(json.putArray(column.label())::add);
                }
            }
        }
        return json;
    }

    /** An event that was written as one object; what is none is an {@link IllegalArgumentException}. */
    public static SyncEvent read(JsonNode json) {
        try {
            return new SyncEvent(
                    EventId.parse(json.path("id").asText()),
                    Instant.parse(json.path("timestamp").asText()),
                    SyncEventType.ofLabel(json.path("event_type").asText()),
                    new Member(
                            json.path("device_id").asText(),
                            json.path("device_name").asText()),
                    json.has("peer_id")
                            ? new Member(
                                    json.path("peer_id").asText(),
                                    json.path("peer_name").asText())
                            : null,
                    models(json),
                    json.has("record_count") ? json.path("record_count").longValue() : null,
                    json.has("duration_ms")
                            ? Duration.ofMillis(json.path("duration_ms").longValue())
                            : null,
                    json.has("correlation_id") ? json.path("correlation_id").asText() : null,
                    json.path("summary").asText(),
                    json.has("clock_offset_ms")
                            ? Duration.ofMillis(json.path("clock_offset_ms").longValue())
                            : null);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no event: " + json, e);
        }
    }

    private static List<String> models(JsonNode json) {
        List<String> models = new ArrayList<>();
        json.path("models").forEach(model -> models.add(model.asText()));
        return models;
    }

    /** Many events as one array. */
    public static ArrayNode tree(List<SyncEvent> events) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        events.forEach(event -> json.add(tree(event)));
        return json;
    }
}
