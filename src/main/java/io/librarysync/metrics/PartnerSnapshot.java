package io.librarysync.metrics;

import org.jspecify.annotations.Nullable;

/**
 * One member besides this device, as it stands now.
 *
 * @param status {@code online}, {@code paused} or {@code offline}
 * @param state the state it told last; null if it never did
 * @param rttMillis smoothed round trip; null if never measured
 * @param lagMillis how far we are behind it; null while its head is unknown
 * @param lastSyncEpochMillis null if never
 * @param lastAttemptEpochMillis null if never
 * @param received changes received from it since the epoch began
 * @param delivered changes delivered to it since the epoch began
 */
public record PartnerSnapshot(
        String deviceId,
        String deviceName,
        String status,
        @Nullable String state,
        @Nullable Double rttMillis,
        @Nullable Long lagMillis,
        @Nullable Long lastSyncEpochMillis,
        @Nullable Long lastAttemptEpochMillis,
        long received,
        long delivered) {}
