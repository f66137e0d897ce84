package io.librarysync.store;

import io.librarysync.engine.LibraryStore.StatementTimer;

/** Times nothing: for statements that are no part of sync. */
enum Untimed implements StatementTimer {
    INSTANCE;

    @Override
    public long started() {
        return 0;
    }

    @Override
    public void ended(long started) {}
}
