package io.librarysync.app;

import io.librarysync.engine.LibraryStore;
import java.util.function.Supplier;

/** Times the statements of the engine, but none of those that only look whether the device is well. */
final class EngineStatements implements LibraryStore.StatementTimer {
    private static final long NOT_TIMED = Long.MIN_VALUE;

    private final LibraryStore.StatementTimer timer;

    @SuppressWarnings("ThreadLocalUsage") // one per device: two of them in a process must not mix
    private final ThreadLocal<Boolean> aside = ThreadLocal.withInitial(() -> false);

    EngineStatements(LibraryStore.StatementTimer timer) {
        this.timer = timer;
    }

    /** Runs {@code work}, whose statements on this thread are not the engine's. */
    <T> T aside(Supplier<T> work) {
        aside.set(true);
        try {
            return work.get();
        } finally {
            aside.remove();
        }
    }

    @Override
    public long started() {
        return aside.get() ? NOT_TIMED : timer.started();
    }

    @Override
    public void ended(long started) {
        if (started != NOT_TIMED) {
            timer.ended(started);
        }
    }
}
