package io.librarysync.testing;

import io.librarysync.engine.Scheduler;
import java.time.Duration;

/** The part of a scheduler that one run of a device has: once the run has ended, none of its tasks runs any more. */
final class MortalScheduler implements Scheduler {
    private final Scheduler scheduler;
    private boolean ended;

    MortalScheduler(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void end() {
        ended = true;
    }

    @Override
    public void execute(Runnable task) {
        scheduler.execute(unlessEnded(task));
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        return scheduler.after(delay, unlessEnded(task));
    }

    private Runnable unlessEnded(Runnable task) {
        return () -> {
            if (!ended) {
                task.run();
            }
        };
    }
}
