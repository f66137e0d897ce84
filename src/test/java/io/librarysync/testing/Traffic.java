package io.librarysync.testing;

import java.util.Map;
import java.util.TreeMap;

/**
 * Payloads that took the same way.
 *
 * @param types how many of each type of message
 * @param changes how many changes they carried, by model
 */
public record Traffic(long frames, long bytes, Map<String, Long> types, Map<String, Long> changes) {

    static final Traffic NONE = new Traffic(0, 0, Map.of(), Map.of());

    public Traffic {
        types = Map.copyOf(types);
        changes = Map.copyOf(changes);
    }

    long ofType(String type) {
        return types.getOrDefault(type, 0L);
    }

    Traffic plus(Payload payload) {
        return plus(new Traffic(1, payload.bytes(), Map.of(payload.type(), 1L), payload.changes()));
    }

    Traffic plus(Traffic other) {
        return new Traffic(
                frames + other.frames, bytes + other.bytes, sum(types, other.types), sum(changes, other.changes));
    }

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> sum = new TreeMap<>(one);
        other.forEach((key, count) -> sum.merge(key, count, Long::sum));
        return sum;
    }
}
