package io.librarysync.events;

import java.time.Duration;
import java.util.List;

/** Events that wait for one reader, as in a {@link Backlog}. */
public final class EventQueue implements EventListener {
    private static final Duration GATHERING = Duration.ofMillis(10);

    private final Backlog<SyncEvent> waiting;

    public EventQueue(int capacity) {
        this.waiting = new Backlog<>(capacity, GATHERING);
    }

    @Override
    public void happened(SyncEvent event) {
        var unused = waiting.add(event);
    }

    /** Takes all that waits, and waits for the first at most that long; empty if none came. */
    public List<SyncEvent> take(Duration atMost) throws InterruptedException {
        return waiting.take(atMost);
    }

    /** How many were dropped. */
    public long dropped() {
        return waiting.dropped();
    }
}
