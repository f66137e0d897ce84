package io.librarysync.metrics;

/** Hears of each epoch that begins or ends while sync runs, on the thread that turned it; it returns at once. */
public interface EpochListener {

    void reset(EpochInfo closed, EpochInfo opened);

    /** Nothing is recorded from now on. */
    void disabled(EpochInfo closed);

    /** Recording is about to begin. */
    void enabled(EpochInfo opened);
}
