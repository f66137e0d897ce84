package io.librarysync.testing;

import io.librarysync.domain.SyncState;
import io.librarysync.record.SyncLevels;
import java.util.ArrayList;
import java.util.List;

/** Whether the devices of a library have nothing left to do: what scenarios wait for, never a time. */
final class Quiescence {

    private Quiescence() {}

    static boolean isQuiet(TestLibrary library) {
        return openWork(library).isEmpty();
    }

    /** What is left, per device. */
    static List<String> openWork(TestLibrary library) {
        List<String> open = new ArrayList<>();
        for (TestDevice device : library.devices()) {
            SyncLevels levels = device.engine().levels();
            boolean settledState = levels.state() == SyncState.READY || levels.state() == SyncState.PAUSED;
            boolean busy = !settledState || !levels.outbox().isEmpty() || levels.oldestHeldMillis() != null;
            if (busy || levels.links().stream().anyMatch(Quiescence::isBusy)) {
                open.add(device.id() + " " + levels);
            }
        }
        return open;
    }

    private static boolean isBusy(SyncLevels.Link link) {
        boolean pending = link.activeSessions() > 0
                || link.retryDepth() > 0
                || link.needsCatchUp()
                || !link.outstanding().isEmpty();
        Long lag = link.lagMillis();
        return pending || (link.online() && (lag == null || lag > 0));
    }
}
