package io.librarysync.engine;

import io.librarysync.record.SyncRecorder;

/** Reports each statement of the store to the recorder. */
public record RecorderTimer(SyncRecorder recorder) implements LibraryStore.StatementTimer {

    /** What {@link #started()} answers while nothing is recorded; a statement that began then is not recorded either. */
    private static final long OFF = Long.MIN_VALUE;

    @Override
    public long started() {
        SyncRecorder now = recorder.current();
        return now == SyncRecorder.disabled() ? OFF : now.nanos();
    }

    @Override
    public void ended(long started) {
        SyncRecorder now = recorder.current();
        if (started != OFF && now != SyncRecorder.disabled()) {
            now.queryRun(now.nanos() - started);
        }
    }
}
