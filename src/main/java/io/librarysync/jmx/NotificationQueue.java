package io.librarysync.jmx;

import io.librarysync.events.Backlog;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds and delivers notifications on a thread of its own, so that a slow listener holds up nobody. When the queue is full
 * the oldest delivery is dropped and reported. At most twice its capacity is kept: what waits, and what was taken to be
 * delivered.
 */
final class NotificationQueue implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationQueue.class);
    private static final Duration GATHERING = Duration.ofMillis(10);
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Backlog<Runnable> waiting;
    private final Runnable dropped;
    private volatile boolean closed;
    private volatile @Nullable Thread deliverer;

    NotificationQueue(int capacity, Runnable dropped) {
        this.waiting = new Backlog<>(capacity, GATHERING);
        this.dropped = dropped;
    }

    @Override
    public void execute(Runnable delivery) {
        if (closed) {
            return;
        }
        if (!waiting.add(delivery)) {
            dropped.run();
        }
        if (deliverer == null) {
            begin();
        }
    }

    /** Delivers nothing more. */
    @Override
    public synchronized void close() {
        closed = true;
        Thread running = deliverer;
        if (running != null) {
            running.interrupt();
        }
    }

    private synchronized void begin() {
        if (deliverer == null && !closed) {
            Thread thread = new Thread(this::deliver, "jmx-notifications");
            thread.setDaemon(true);
            thread.start();
            deliverer = thread;
        }
    }

    private void deliver() {
        try {
            while (!closed) {
                waiting.take(IDLE).forEach(this::deliver);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(Runnable delivery) {
        if (closed) {
            return;
        }
        try {
            delivery.run();
        } catch (RuntimeException e) {
            LOG.warn("a notification could not be delivered", e);
        }
    }
}
