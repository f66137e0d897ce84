package io.librarysync.domain;

/** The one source of time: instants from the wall, durations from a clock that never goes back. */
public interface SyncClock {

    /** Wall time in milliseconds since 1970; may step either way. */
    long millis();

    /** Monotonic nanoseconds; only differences have a meaning. */
    long nanos();

    static SyncClock system() {
        return SystemClock.INSTANCE;
    }
}
