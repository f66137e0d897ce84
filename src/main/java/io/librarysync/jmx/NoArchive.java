package io.librarysync.jmx;

import io.librarysync.metrics.Capture;
import io.librarysync.metrics.EpochInfo;
import io.librarysync.metrics.SyncMetricsSnapshot;
import org.jspecify.annotations.Nullable;

/** Keeps nothing. */
record NoArchive() implements SnapshotArchive {
    private static final long UNKNOWN = -1;

    @Override
    public long capture(SyncMetricsSnapshot snapshot) {
        throw new IllegalStateException("this process keeps no snapshots");
    }

    @Override
    public void keep(@Nullable Capture closing, @Nullable EpochInfo next) {}

    @Override
    public long size() {
        return 0;
    }

    @Override
    public long newestEpochMillis() {
        return UNKNOWN;
    }
}
