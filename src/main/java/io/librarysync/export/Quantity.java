package io.librarysync.export;

/**
 * One number of a snapshot, and where it stands in the JSON.
 *
 * @param name the path of its metric and, in a map, the key: {@code operations.received_by_route.live}
 * @param field of a distribution, such as {@code p95}; empty for a plain number
 */
public record Quantity(String name, String field, Kind kind, String unit, Number value) {

    /** How a number behaves over time. */
    public enum Kind {
        /** Adds up: two stretches of time that meet have the sum of their numbers. */
        COUNTER,
        /** What holds at the end. */
        GAUGE,
        /** A part of a distribution that does not add up. */
        LATENCY
    }

    public String path() {
        return field.isEmpty() ? name : name + '.' + field;
    }
}
