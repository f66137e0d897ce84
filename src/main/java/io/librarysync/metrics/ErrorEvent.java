package io.librarysync.metrics;

import org.jspecify.annotations.Nullable;

/**
 * One error.
 *
 * @param errorType {@code network}, {@code database}, {@code apply}, {@code validation} or {@code other}
 * @param modelType the model it belongs to; null if to none
 * @param deviceId the link peer it belongs to; null if to none
 */
public record ErrorEvent(
        long timestampEpochMillis,
        String errorType,
        String message,
        @Nullable String modelType,
        @Nullable String deviceId) {}
