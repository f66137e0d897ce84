package io.librarysync.engine;

import java.time.Duration;

/**
 * Where the engine's work runs: one task at a time, in the order submitted. A device has one for its state and one writer
 * connection; in tests several share one that is driven by hand, which makes a scenario deterministic.
 */
public interface Scheduler {

    void execute(Runnable task);

    /** Runs {@code task} once {@code delay} has passed, unless it was cancelled. */
    Cancellable after(Duration delay, Runnable task);

    /** A task that has not run yet. */
    interface Cancellable {
        void cancel();
    }
}
