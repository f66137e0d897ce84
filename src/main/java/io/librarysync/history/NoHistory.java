package io.librarysync.history;

import io.librarysync.metrics.Capture;
import io.librarysync.metrics.EpochInfo;
import io.librarysync.metrics.SyncMetrics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps nothing. */
record NoHistory(SyncMetrics metrics) implements MetricsHistory {
    private static final long NEVER = -1;

    @Override
    public void keep(@Nullable Capture closing, @Nullable EpochInfo next) {}

    @Override
    public Capture capture(Window window) {
        if (!window.equals(Window.CURRENT_EPOCH)) {
            throw new IllegalArgumentException(
                    "this process keeps no history to look back into; leave the window out to "
                            + "see everything since it started or was reset");
        }
        return metrics.capture();
    }

    @Override
    public long store() {
        throw new IllegalStateException("this process keeps no snapshots");
    }

    @Override
    public List<Epoch> epochs() {
        return List.of();
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public int capacity() {
        return 0;
    }

    @Override
    public long storedSnapshots() {
        return 0;
    }

    @Override
    public long lastStoredEpochMillis() {
        return NEVER;
    }
}
