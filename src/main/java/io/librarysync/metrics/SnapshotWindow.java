package io.librarysync.metrics;

import java.time.Instant;
import java.util.List;

/**
 * The time that a snapshot speaks of.
 *
 * @param from when its counting begins: the moment of the sample it is the difference to, else the begin of the epoch
 * @param missing what was asked for and is not known, each as words such as {@code earliest known}; empty when all is
 */
public record SnapshotWindow(Instant from, Instant to, List<String> missing) {
    /** Nothing older is known. */
    public static final String EARLIEST_KNOWN = "earliest known";

    public SnapshotWindow {
        missing = List.copyOf(missing);
    }

    public boolean complete() {
        return missing.isEmpty();
    }
}
