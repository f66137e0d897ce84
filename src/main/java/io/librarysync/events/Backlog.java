package io.librarysync.events;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for one reader, bounded: whoever brings something never waits. When there is no room the oldest that waits is
 * dropped and counted; who takes and then finds nothing dropped has taken everything without a gap.
 *
 * <p>The reader is woken by the first that comes and then lets more come for a moment, so that many in a row cost one waking:
 * to wake a thread costs whoever brings something more than everything else here.
 */
public final class Backlog<E> {
    private final int capacity;
    private final int enough;
    private final long gatheringNanos;
    private final Deque<E> waiting = new ArrayDeque<>();
    private final Lock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private long dropped;

    /**
     * @param capacity how many may wait
     * @param gathering how long the reader lets more come, unless half of the room is taken before
     */
    public Backlog(int capacity, Duration gathering) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a backlog has room for at least one, not " + capacity);
        }
        this.capacity = capacity;
        this.enough = Math.max(1, capacity / 2);
        this.gatheringNanos = gathering.toNanos();
    }

    /** Adds one; returns whether nothing had to be dropped for it. */
    public boolean add(E element) {
        lock.lock();
        try {
            boolean room = waiting.size() < capacity;
            if (!room) {
                waiting.removeFirst();
                dropped++;
            }
            waiting.addLast(element);
            if (waiting.size() == 1 || waiting.size() == enough) {
                filled.signal();
            }
            return room;
        } finally {
            lock.unlock();
        }
    }

    /** Takes all that waits, and waits for the first at most that long; empty if none came. */
    public List<E> take(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (waiting.isEmpty() && left > 0) {
                left = filled.awaitNanos(left);
            }
            gather(Math.min(left, gatheringNanos));
            List<E> taken = List.copyOf(waiting);
            waiting.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void gather(long atMostNanos) throws InterruptedException {
        long left = atMostNanos;
        while (!waiting.isEmpty() && waiting.size() < enough && left > 0) {
            left = filled.awaitNanos(left);
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
