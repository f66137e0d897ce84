package io.librarysync.metrics;

import java.time.Instant;

/**
 * The time that a snapshot speaks of.
 *
 * @param complete false when part of what was asked for is not known
 */
public record SnapshotWindow(Instant from, Instant to, boolean complete) {}
