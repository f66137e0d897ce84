package io.librarysync.metrics;

import org.jspecify.annotations.Nullable;

/** Scalars for clients that chart nothing else. */
final class Flat {
    private static final double UNKNOWN = -1;

    private Flat() {}

    static double number(@Nullable Double value) {
        return value == null ? UNKNOWN : value;
    }
}
