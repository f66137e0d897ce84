package io.librarysync.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemorySnapshotStoreTest extends SnapshotStoreContract {

    @Override
    protected SnapshotStore create() {
        return SnapshotStore.inMemory(100);
    }

    @Test
    void theOldestMakesRoomForTheNewest() {
        SnapshotStore store = SnapshotStore.inMemory(2);
        long first = store.append(LIBRARY, NOON, "1");
        store.append(LIBRARY, NOON, "2");
        store.append(LIBRARY, NOON, "3");

        assertThat(store.count(LIBRARY)).isEqualTo(2);
        assertThat(store.find(first)).isEmpty();
        assertThat(store.latest(LIBRARY)).map(StoredSnapshot::json).contains("3");
    }

    @Test
    void aStoreWithoutRoomIsRefused() {
        assertThatThrownBy(() -> SnapshotStore.inMemory(0)).hasMessage("capacity must be at least 1, found 0");
    }
}
