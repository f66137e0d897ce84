package io.librarysync.insight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Falsifies numbers of a snapshot. */
final class Edits {
    private static final List<String> BLOCKS =
            List.of("state", "operations", "data_volume", "performance", "errors", "lost");
    private static final Pattern LABELLED = Pattern.compile("(.+)\\[(.+)]");

    private Edits() {}

    /** Adds to a number, to one under a label, or to the first of a map. */
    static void add(ObjectNode json, String term, long amount) {
        Matcher labelled = LABELLED.matcher(term);
        String name = labelled.matches() ? labelled.group(1) : term;
        String key = name.substring(name.indexOf('.') + 1);
        for (String block : BLOCKS) {
            JsonNode value = json.path(block).get(key);
            if (value != null && (name.equals(key) || name.startsWith(block + "."))) {
                ObjectNode in = value.isObject() ? (ObjectNode) value : (ObjectNode) json.path(block);
                String at = value.isObject() ? (labelled.matches() ? labelled.group(2) : firstOf(in)) : key;
                in.put(at, in.path(at).longValue() + amount);
                return;
            }
        }
        throw new AssertionError("there is no " + term);
    }

    private static String firstOf(ObjectNode map) {
        return map.fieldNames().hasNext() ? map.fieldNames().next() : "any";
    }
}
