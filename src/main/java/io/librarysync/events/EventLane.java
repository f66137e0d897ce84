package io.librarysync.events;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The events of one device that are not in a common order yet, oldest first. */
final class EventLane {
    private final Deque<SyncEvent> events;
    private final long error;

    /** @param error by how many milliseconds the times of all of them may be wrong */
    EventLane(List<SyncEvent> events, long error) {
        this.events = new ArrayDeque<>(events);
        this.error = error;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    SyncEvent first() {
        return events.getFirst();
    }

    SyncEvent take() {
        return events.removeFirst();
    }

    long millis() {
        return first().at().toEpochMilli();
    }

    /** Whether its first event may be no later than that of another lane. */
    boolean mayPrecede(EventLane other) {
        return millis() - error - other.error <= other.millis();
    }
}
