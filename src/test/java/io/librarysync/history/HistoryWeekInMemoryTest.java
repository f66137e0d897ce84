package io.librarysync.history;

import io.librarysync.testing.MemorySnapshotStore;

class HistoryWeekInMemoryTest extends HistoryWeek {
    private final MemorySnapshotStore store = new MemorySnapshotStore();

    @Override
    protected SnapshotStore open() {
        return store;
    }
}
