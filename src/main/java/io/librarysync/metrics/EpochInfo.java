package io.librarysync.metrics;

import java.time.Instant;

/**
 * The stretch that counters belong to: from the start of the service, a reset or a switching on to the next of these, or to
 * a switching off.
 *
 * @param openedBy {@code start}, {@code reset} or {@code enabled}; {@code disabled} for a stretch that is not recorded and
 *     never kept
 */
public record EpochInfo(String id, Instant startedAt, String openedBy) {
    public static final String START = "start";
    public static final String RESET = "reset";
    public static final String ENABLED = "enabled";
    public static final String DISABLED = "disabled";
}
