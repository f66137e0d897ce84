package io.librarysync.events;

import org.jspecify.annotations.Nullable;

/**
 * A question for past events.
 *
 * @param oldestFirst false for the newest first
 * @param limit how many at most
 * @param offset how many of the first ones to leave out
 */
public record EventQuery(EventFilter filter, boolean oldestFirst, int limit, int offset) {

    /** How many if nobody says. */
    public static final int STANDARD_LIMIT = 1_000;

    private static final int MOST = 100_000;

    /** A limit or an offset as people write it; what is none is an {@link IllegalArgumentException} that names it. */
    public static int count(String name, @Nullable String text, int standard) {
        if (text == null) {
            return standard;
        }
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) > MOST) {
            throw new IllegalArgumentException(name + ": 0 to " + MOST + ", found \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }

    /** The same with those that are left out. */
    EventQuery fromFirst() {
        return new EventQuery(filter, oldestFirst, Math.addExact(offset, limit), 0);
    }
}
