package io.librarysync.insight;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers of one snapshot under the names that its JSON gives them: {@code bytes_sent}, or with the block where two share
 * a name ({@code lost.retry_exhausted}). A map is the sum of its values, {@code map[key]} one of them, which is 0 if it is not
 * there; {@code map.field} is the sum of a field of its values, {@code #list} how long a list is.
 */
record Figures(JsonNode json) {
    private static final List<String> BLOCKS =
            List.of("state", "operations", "data_volume", "performance", "errors", "lost");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern LABELLED = Pattern.compile("(.+)\\[(.+)]");
    private static final Pattern DOTTED = Pattern.compile("([^.]+)\\.(.+)");

    static boolean isBlock(String name) {
        return BLOCKS.contains(name);
    }

    /** The value of a term; empty if the snapshot does not have it. */
    OptionalLong number(String term) {
        if (NUMBER.matcher(term).matches()) {
            return OptionalLong.of(Long.parseLong(term));
        }
        if (term.startsWith("#")) {
            return number(node(term.substring(1)).map(list -> (long) list.size()));
        }
        Matcher labelled = LABELLED.matcher(term);
        if (labelled.matches()) {
            return number(node(labelled.group(1)).map(map -> sum(map.path(labelled.group(2)))));
        }
        return number(node(term).map(Figures::sum).or(() -> field(term)));
    }

    long orZero(String term) {
        return number(term).orElse(0);
    }

    String text(String block, String key) {
        return json.path(block).path(key).asText("");
    }

    /** What the JSON has under a name. */
    Optional<JsonNode> node(String name) {
        Matcher dotted = DOTTED.matcher(name);
        if (dotted.matches() && BLOCKS.contains(dotted.group(1))) {
            return Optional.ofNullable(json.path(dotted.group(1)).get(dotted.group(2)));
        }
        return BLOCKS.stream()
                .map(block -> Optional.ofNullable(json.path(block).get(name)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Long> field(String term) {
        Matcher dotted = DOTTED.matcher(term);
        return dotted.matches() ? node(dotted.group(1)).map(map -> sumOfField(map, dotted.group(2))) : Optional.empty();
    }

    private static long sumOfField(JsonNode map, String field) {
        if (map.has(field)) {
            return sum(map.path(field));
        }
        long sum = 0;
        for (JsonNode value : map) {
            sum += sum(value.path(field));
        }
        return sum;
    }

    private static long sum(JsonNode value) {
        if (!value.isObject()) {
            return value.isBoolean() ? (value.booleanValue() ? 1 : 0) : value.longValue();
        }
        long sum = 0;
        for (JsonNode part : value) {
            sum += part.longValue();
        }
        return sum;
    }

    private static OptionalLong number(Optional<Long> value) {
        return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
}
