package io.librarysync.jmx;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Builds and delivers notifications on a thread of its own, so that a slow listener holds up nobody. When the queue is full the oldest
 * delivery is dropped and reported.
 */
final class NotificationQueue implements Executor, AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ThreadPoolExecutor deliveries;

    NotificationQueue(int capacity, Runnable dropped) {
        deliveries = new ThreadPoolExecutor(
                1,
                1,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(capacity),
                NotificationQueue::thread,
                dropOldest(dropped));
        deliveries.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable delivery) {
        deliveries.execute(delivery);
    }

    /** Delivers nothing more. */
    @Override
    public void close() {
        deliveries.shutdownNow();
    }

    private static RejectedExecutionHandler dropOldest(Runnable dropped) {
        return (delivery, executor) -> {
            if (!executor.isShutdown()) {
                if (executor.getQueue().poll() != null) {
                    dropped.run();
                }
                executor.execute(delivery);
            }
        };
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "jmx-notifications");
        thread.setDaemon(true);
        return thread;
    }
}
