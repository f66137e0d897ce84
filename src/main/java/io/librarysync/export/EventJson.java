package io.librarysync.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.librarysync.events.SyncEvent;
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

    /** Many events as one array. */
    public static ArrayNode tree(List<SyncEvent> events) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        events.forEach(event -> json.add(tree(event)));
        return json;
    }
}
