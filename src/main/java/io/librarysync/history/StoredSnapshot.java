package io.librarysync.history;

import java.time.Instant;

/**
 * A whole snapshot as it is kept.
 *
 * @param id given by the store, rising; unique within it
 * @param timestamp when the snapshot was taken, in whole milliseconds
 * @param json the snapshot, complete
 */
public record StoredSnapshot(long id, Instant timestamp, String json) {}
