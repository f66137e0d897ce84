package io.librarysync.events;

import io.librarysync.domain.SyncClock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events to where they are kept, many at a time and never on the thread that tells of them. What waits to be written
 * is bounded: when there is no room, an event is refused and counted. A store that fails is tried again with the next writing.
 */
public final class EventLog implements EventListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final int BATCH = 1_000;
    private static final int PARTS = 10;

    private final EventStore store;
    private final SyncClock clock;
    private final Settings settings;
    private final Runnable refused;
    private final Consumer<String> failed;
    private final Deque<SyncEvent> waiting = new ArrayDeque<>();
    private int unpruned;
    private boolean failing;

    /**
     * How events are kept.
     *
     * @param queue how many may wait to be written
     */
    public record Settings(int queue, EventRetention retention) {}

    /**
     * Of one device.
     *
     * @param refused hears of each event for which there was no room
     * @param failed hears why, once, when the store begins to fail
     */
    public EventLog(EventStore store, SyncClock clock, Settings settings, Runnable refused, Consumer<String> failed) {
        this.store = store;
        this.clock = clock;
        this.settings = settings;
        this.refused = refused;
        this.failed = failed;
    }

    @Override
    public void happened(SyncEvent event) {
        if (!offer(event)) {
            refused.run();
        }
    }

    private boolean offer(SyncEvent event) {
        synchronized (waiting) {
            return waiting.size() < settings.queue() && waiting.add(event);
        }
    }

    /** Writes all that waits; to be called every second or so, by one thread. */
    public synchronized void write() {
        try {
            for (List<SyncEvent> batch = next(); !batch.isEmpty(); batch = next()) {
                store.write(batch);
                written(batch.size());
            }
            failing = false;
        } catch (EventArchiveException e) {
            failed(e);
        }
    }

    private List<SyncEvent> next() {
        synchronized (waiting) {
            return waiting.stream().limit(BATCH).toList();
        }
    }

    private void written(int events) {
        synchronized (waiting) {
            for (int i = 0; i < events; i++) {
                waiting.removeFirst();
            }
        }
        unpruned += events;
        if (unpruned > settings.retention().rows() / PARTS) {
            dropOld();
        }
    }

    /** Drops what is not to be kept any more; to be called every hour or so. Many events bring it about earlier. */
    public synchronized void prune() {
        try {
            dropOld();
        } catch (EventArchiveException e) {
            failed(e);
        }
    }

    private void dropOld() {
        store.prune(Instant.ofEpochMilli(clock.millis()), settings.retention());
        unpruned = 0;
    }

    private void failed(EventArchiveException e) {
        if (!failing) {
            failing = true;
            LOG.warn("events cannot be kept, sync goes on and writing is tried again: {}", e.getMessage());
            failed.accept(String.valueOf(e.getMessage()));
        }
    }

    /** Writes what waits for the last time. */
    @Override
    public void close() {
        write();
    }
}
