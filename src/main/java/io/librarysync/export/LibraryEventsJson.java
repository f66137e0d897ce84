package io.librarysync.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.librarysync.domain.Reach;
import io.librarysync.events.LibraryEvents;
import io.librarysync.events.LibraryEvents.OfDevice;
import io.librarysync.events.SyncEvent;
import io.librarysync.metrics.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of several devices as JSON: the devices, then the events in one array; absent values are absent keys. */
public final class LibraryEventsJson {
    private static final String DEVICES = "devices";
    private static final String EVENTS = "events";

    private LibraryEventsJson() {}

    public static ObjectNode tree(LibraryEvents all) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode devices = json.putArray(DEVICES);
        all.devices().forEach(device -> devices.add(tree(device)));
        json.set(EVENTS, EventJson.tree(all.events()));
        return json;
    }

    private static ObjectNode tree(OfDevice device) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("device_id", device.device().id());
        json.put("device_name", device.device().name());
        json.put("reach", device.reach().label());
        put(json, "clock_offset_ms", device.clockOffsetMillis());
        put(json, "clock_error_ms", device.clockErrorMillis());
        json.put("event_count", device.events());
        json.put("has_more", device.hasMore());
        return json;
    }

    private static void put(ObjectNode json, String key, @Nullable Long value) {
        if (value != null) {
            json.put(key, value);
        }
    }

    /** What {@link #tree} wrote; what is none of it is an {@link IllegalArgumentException}. */
    public static LibraryEvents read(JsonNode json) {
        List<SyncEvent> events = new ArrayList<>();
        json.path(EVENTS).forEach(event -> events.add(EventJson.read(event)));
        List<OfDevice> devices = new ArrayList<>();
        json.path(DEVICES).forEach(device -> devices.add(device(device)));
        return new LibraryEvents(events, devices);
    }

    private static OfDevice device(JsonNode json) {
        return new OfDevice(
                new Member(
                        json.path("device_id").asText(),
                        json.path("device_name").asText()),
                reach(json.path("reach").asText()),
                number(json.path("clock_offset_ms")),
                number(json.path("clock_error_ms")),
                json.path("event_count").longValue(),
                json.path("has_more").booleanValue());
    }

    private static Reach reach(String label) {
        return Arrays.stream(Reach.values())
                .filter(reach -> reach.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no device is reached as \"" + label + "\""));
    }

    private static @Nullable Long number(JsonNode json) {
        return json.isIntegralNumber() ? json.longValue() : null;
    }
}
