package io.librarysync.record;

/** Does nothing; final and without state, so that its calls can be compiled away. */
final class DisabledRecorder implements SyncRecorder {
    static final SyncRecorder INSTANCE = new DisabledRecorder();

    private DisabledRecorder() {}
}
