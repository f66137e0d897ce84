package io.librarysync.jmx;

import io.librarysync.metrics.EpochKeeper;
import io.librarysync.metrics.SyncMetricsSnapshot;

/** Where snapshots are kept for good. Each method may fail with a RuntimeException whose message is one line. */
public interface SnapshotArchive extends EpochKeeper {

    /** An archive for a process that keeps nothing: a reset works, a capture is refused. */
    static SnapshotArchive none() {
        return new NoArchive();
    }

    /** Keeps a snapshot and returns its id. */
    long capture(SyncMetricsSnapshot snapshot);

    /** How many snapshots of this library are kept. */
    long size();

    /** When the newest of them was taken; −1 if there is none. */
    long newestEpochMillis();
}
