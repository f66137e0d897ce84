package io.librarysync.metrics;

import org.jspecify.annotations.Nullable;

/** Keeps the last moment of an epoch before the next one begins. */
@FunctionalInterface
public interface EpochKeeper {

    /** Keeps nothing. */
    EpochKeeper NONE = (closing, next) -> {};

    /**
     * Keeps {@code closing} and the fact that {@code next} begins; if this fails, nothing has changed.
     *
     * @param closing the last moment of the epoch that ends; null where recording was off
     * @param next the epoch that begins at the same moment; null where recording is switched off
     */
    void keep(@Nullable Capture closing, @Nullable EpochInfo next);
}
