package io.librarysync.store;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Ids and numbers as JSON, by which a set is bound to one parameter. Texts must not need escaping, as ids do not. */
final class JsonTexts {

    private JsonTexts() {}

    static String array(Collection<?> ids) {
        return ids.stream().map(JsonTexts::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    static String object(Map<?, Long> numbers) {
        return numbers.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(Object id) {
        return "\"" + id + "\"";
    }
}
