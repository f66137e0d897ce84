package io.librarysync.metrics;

/** Keeps the closing snapshot of an epoch before the next one begins. */
@FunctionalInterface
public interface EpochKeeper {

    /** Keeps nothing. */
    EpochKeeper NONE = (closing, next) -> {};

    /** Keeps {@code closing}; if this fails, the epoch goes on and nothing has changed. */
    void keep(SyncMetricsSnapshot closing, EpochInfo next);
}
