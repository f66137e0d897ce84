package io.librarysync.events;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Events that wait for one reader, bounded: whoever brings one never waits. When there is no room the oldest that waits is
 * dropped and counted; who takes events and then finds none dropped has taken them without a gap.
 */
public final class EventQueue implements EventListener {
    private final int capacity;
    private final Deque<SyncEvent> waiting = new ArrayDeque<>();
    private final Lock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private long dropped;

    public EventQueue(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a queue has room for at least one event, not " + capacity);
        }
        this.capacity = capacity;
    }

    @Override
    public void happened(SyncEvent event) {
        lock.lock();
        try {
            if (waiting.size() == capacity) {
                waiting.removeFirst();
                dropped++;
            }
            waiting.addLast(event);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes all that waits, and waits for the first at most that long; empty if none came. */
    public List<SyncEvent> take(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (waiting.isEmpty() && left > 0) {
                left = filled.awaitNanos(left);
            }
            List<SyncEvent> taken = List.copyOf(waiting);
            waiting.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** How many were dropped. */
    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }
}
