package io.librarysync.metrics;

import org.jspecify.annotations.Nullable;

/**
 * What one device contributed.
 *
 * @param entriesReceived changes applied over the link to that peer; null for this device
 * @param recordsSent changes this device broadcast; null for a peer
 * @param lastSeenEpochMillis the last frame from it; null if there was none, and for this device
 * @param isOnline null for this device
 */
public record DeviceVolume(
        String deviceName,
        @Nullable Long entriesReceived,
        @Nullable Long recordsSent,
        @Nullable Long lastSeenEpochMillis,
        @Nullable Boolean isOnline) {}
