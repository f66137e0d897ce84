package io.librarysync.app;

import io.librarysync.engine.Scheduler;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Scheduler} with one thread of its own. A task that fails is logged and the next one runs. */
final class SerialScheduler implements Scheduler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SerialScheduler.class);
    private static final Duration LAST_TASK = Duration.ofSeconds(10);

    private final String name;
    private final ScheduledThreadPoolExecutor thread;

    SerialScheduler(String name) {
        this.name = name;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, name));
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void execute(Runnable task) {
        after(Duration.ZERO, task);
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        try {
            Future<?> future = thread.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} has stopped and drops a task", name);
            return () -> {};
        }
    }

    /** Runs a task again and again, {@code pause} after it ended, from one {@code pause} on until closed. */
    void every(Duration pause, Runnable task) {
        var unused = after(pause, () -> {
            guarded(task);
            every(pause, task);
        });
    }

    /** Lets the running task end and what is queued run, drops what is not due yet, and ends the thread. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_TASK.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("{} is still busy after {} s and is left behind", name, LAST_TASK.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a task of {} failed", name, e);
        }
    }
}
