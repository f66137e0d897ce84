package io.librarysync.events;

/**
 * A question for past events.
 *
 * @param oldestFirst false for the newest first
 * @param limit how many at most
 * @param offset how many of the first ones to leave out
 */
public record EventQuery(EventFilter filter, boolean oldestFirst, int limit, int offset) {

    /** The same with those that are left out. */
    EventQuery fromFirst() {
        return new EventQuery(filter, oldestFirst, Math.addExact(offset, limit), 0);
    }
}
