package io.librarysync.insight;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.librarysync.insight.Formula.Sides;
import java.util.Locale;

/** A reconciliation as JSON. What is not known is absent. */
public final class ReconciliationJson {
    private ReconciliationJson() {}

    public static ObjectNode tree(Reconciliation reconciliation) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("agrees", reconciliation.agrees());
        json.put("holding", reconciliation.holding());
        json.put("open", reconciliation.open().size());
        json.put("differing", reconciliation.differences().size());
        ArrayNode laws = json.putArray("laws");
        reconciliation.findings().forEach(finding -> laws.add(finding(finding)));
        return json;
    }

    private static ObjectNode finding(Finding finding) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("law", finding.law());
        json.put("says", finding.says());
        json.put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT));
        if (finding.place().device() != null) {
            json.put(
                    finding.place().to() == null ? "device" : "from",
                    finding.place().device());
        }
        if (finding.place().to() != null) {
            json.put("to", finding.place().to());
        }
        if (finding.model() != null) {
            json.put("model", finding.model());
        }
        Sides sides = finding.sides();
        if (sides != null) {
            json.put("left", sides.left().total());
            json.put("right", sides.right().total());
            json.put("difference", sides.difference());
        }
        if (!finding.why().isEmpty()) {
            json.put("why", finding.why());
        }
        if (!finding.parts().isEmpty()) {
            ArrayNode parts = json.putArray("parts");
            finding.parts().forEach(parts::add);
        }
        return json;
    }
}
