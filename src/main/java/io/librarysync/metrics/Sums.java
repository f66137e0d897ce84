package io.librarysync.metrics;

import java.util.Map;

/** Totals of parts. */
final class Sums {
    private Sums() {}

    static long of(Map<String, Long> parts) {
        long sum = 0;
        for (long part : parts.values()) {
            sum += part;
        }
        return sum;
    }
}
