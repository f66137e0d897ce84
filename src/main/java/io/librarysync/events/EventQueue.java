package io.librarysync.events;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Events that wait for one reader, bounded: whoever brings one never waits. When there is no room the oldest that waits is
 * dropped and counted.
 */
public final class EventQueue implements EventListener {
    private final BlockingDeque<SyncEvent> waiting;
    private final AtomicLong dropped = new AtomicLong();

    public EventQueue(int capacity) {
        this.waiting = new LinkedBlockingDeque<>(capacity);
    }

    @Override
    public void happened(SyncEvent event) {
        while (!waiting.offerLast(event)) {
            if (waiting.pollFirst() != null) {
                dropped.incrementAndGet();
            }
        }
    }

    /** Takes all that waits, and waits for the first at most that long; empty if none came. */
    public List<SyncEvent> take(Duration atMost) throws InterruptedException {
        List<SyncEvent> taken = new ArrayList<>();
        @Nullable SyncEvent first = waiting.pollFirst(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            taken.add(first);
            waiting.drainTo(taken);
        }
        return taken;
    }

    /** How many were dropped. */
    public long dropped() {
        return dropped.get();
    }
}
