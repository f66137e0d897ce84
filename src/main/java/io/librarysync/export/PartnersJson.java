package io.librarysync.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.librarysync.metrics.PartnerSnapshot;
import java.time.Instant;
import java.util.List;

/** The table of partners as JSON. */
public final class PartnersJson {
    private PartnersJson() {}

    /**
     * The table as one object.
     *
     * @param reasons why there are no partners online, where that is so
     */
    public static ObjectNode tree(Instant now, List<PartnerSnapshot> partners, List<String> reasons) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("timestamp", JsonValues.iso(now));
        json.set("partners", JsonValues.write("partners", partners));
        if (!reasons.isEmpty()) {
            json.set("reasons", JsonValues.write("reasons", reasons));
        }
        return json;
    }
}
