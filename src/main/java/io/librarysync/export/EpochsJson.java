package io.librarysync.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.librarysync.history.Epoch;
import java.time.Instant;
import java.util.List;

/** The epochs of a device as JSON, numbered from 1 on. */
public final class EpochsJson {
    private EpochsJson() {}

    public static ObjectNode tree(List<Epoch> epochs) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode array = json.putArray("epochs");
        for (Epoch epoch : epochs) {
            array.add(row(array.size() + 1, epoch));
        }
        return json;
    }

    private static ObjectNode row(int number, Epoch epoch) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("number", number);
        json.put("id", epoch.id());
        json.put("run", epoch.run());
        json.put("started_at", JsonValues.iso(epoch.startedAt()));
        json.put("opened_by", epoch.info().openedBy());
        Instant endedAt = epoch.endedAt();
        Epoch.Ending endedBy = epoch.endedBy();
        if (endedAt != null && endedBy != null) {
            json.put("ended_at", JsonValues.iso(endedAt));
            json.put("ended_by", endedBy.label());
        }
        return json;
    }
}
