package io.librarysync.engine;

import io.librarysync.domain.Fault;
import io.librarysync.engine.Scheduler.Cancellable;
import io.librarysync.record.SyncRecorder;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where all state of the device lives: one task at a time. A task that fails is reported and ends alone. */
final class Loop implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private final Scheduler scheduler;
    private final SyncRecorder recorder;
    private Runnable afterEach = () -> {};
    private volatile boolean closed;

    Loop(Scheduler scheduler, SyncRecorder recorder) {
        this.scheduler = scheduler;
        this.recorder = recorder;
    }

    /** Runs {@code task} after every other one. */
    void afterEach(Runnable task) {
        afterEach = task;
    }

    @Override
    public void execute(Runnable task) {
        scheduler.execute(() -> run(task));
    }

    Cancellable after(Duration delay, Runnable task) {
        return scheduler.after(delay, () -> run(task));
    }

    /** Repeats {@code task} with {@code period} between the starts, the first time after one period. */
    void every(Duration period, Runnable task) {
        after(period, () -> {
            every(period, task);
            task.run();
        });
    }

    /** No task runs any more. */
    void close() {
        closed = true;
    }

    private void run(Runnable task) {
        if (closed) {
            return;
        }
        try {
            task.run();
            afterEach.run();
        } catch (RuntimeException e) {
            LOG.error("a task of the engine failed", e);
            recorder.current().otherFailed(null, null, new Fault("internal", String.valueOf(e)));
        }
    }
}
