package io.librarysync.engine;

import io.librarysync.record.SyncRecorder;

/** Reports each statement of the store to the recorder. */
public record RecorderTimer(SyncRecorder recorder) implements LibraryStore.StatementTimer {

    @Override
    public long started() {
        return recorder.nanos();
    }

    @Override
    public void ended(long started) {
        recorder.current().queryRun(recorder.nanos() - started);
    }
}
