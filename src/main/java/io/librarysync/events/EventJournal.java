package io.librarysync.events;

import io.librarysync.metrics.Member;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * The events of one device in one run of its process: numbered from 1 without a gap, the last few kept in memory, each told
 * to whoever listens.
 */
public final class EventJournal {
    private final Member device;
    private final String run;
    private final int capacity;
    private final Deque<SyncEvent> recent = new ArrayDeque<>();
    private final Set<EventListener> listeners = new CopyOnWriteArraySet<>();
    private long last;

    /** @param capacity how many events are kept in memory */
    EventJournal(Member device, String run, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a journal keeps at least one event, not " + capacity);
        }
        this.device = device;
        this.run = run;
        this.capacity = capacity;
    }

    /** Names this run of the process; a part of the id of each of its events. */
    public String run() {
        return run;
    }

    public Member device() {
        return device;
    }

    /** The number of the newest event; 0 before the first. */
    public synchronized long last() {
        return last;
    }

    /** The events in memory, oldest first. */
    public synchronized List<SyncEvent> recent() {
        return List.copyOf(recent);
    }

    /**
     * Tells {@code listener} of each event from now on, and leaves no gap to what is returned.
     *
     * @return the events in memory after the number {@code after}, oldest first
     */
    public synchronized List<SyncEvent> join(EventListener listener, long after) {
        listeners.add(listener);
        return recent.stream().filter(event -> event.id().sequence() > after).toList();
    }

    /**
     * The same, for whoever wants nothing of what was.
     *
     * @return the number of the newest event that is not told
     */
    public synchronized long join(EventListener listener) {
        listeners.add(listener);
        return last;
    }

    public void leave(EventListener listener) {
        listeners.remove(listener);
    }

    synchronized void append(EventDraft draft) {
        last++;
        SyncEvent event = draft.event(new EventId(run, last), device);
        if (recent.size() == capacity) {
            recent.removeFirst();
        }
        recent.addLast(event);
        listeners.forEach(listener -> listener.happened(event));
    }
}
