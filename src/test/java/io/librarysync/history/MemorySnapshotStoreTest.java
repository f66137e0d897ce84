package io.librarysync.history;

import io.librarysync.metrics.Member;
import io.librarysync.testing.MemorySnapshotStore;
import java.util.HashMap;
import java.util.Map;

class MemorySnapshotStoreTest extends SnapshotStoreContract {
    private final Map<Member, SnapshotStore> stores = new HashMap<>();

    @Override
    protected SnapshotStore open(Member library, Member device) {
        return stores.computeIfAbsent(device, any -> new MemorySnapshotStore());
    }
}
