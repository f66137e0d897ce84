package io.librarysync.testing;

import io.librarysync.domain.SyncState;
import io.librarysync.record.SyncLevels;
import java.util.ArrayList;
import java.util.List;

/** Whether the devices of a library have nothing left to do: what scenarios wait for, never a time. */
final class Quiescence {

    private Quiescence() {}

    static boolean isQuiet(TestLibrary library) {
        return library.network().isEmpty() && openWork(library).isEmpty();
    }

    /** What is left, per device. */
    static List<String> openWork(TestLibrary library) {
        List<String> open = new ArrayList<>();
        for (TestDevice device : library.devices()) {
            SyncLevels levels = device.engine().levels();
            boolean settledState = levels.state() == SyncState.READY || levels.state() == SyncState.PAUSED;
            if (!settledState) {
                open.add(device.name() + " is " + levels.state());
            }
            if (!levels.outbox().isEmpty()) {
                open.add(device.name() + " has to send " + levels.outbox());
            }
            levels.links().forEach(link -> openWork(library, device, link, open));
        }
        return open;
    }

    private static void openWork(TestLibrary library, TestDevice device, SyncLevels.Link link, List<String> open) {
        String who = device.name() + " with " + link.name() + ": ";
        boolean unnoticed = !link.online() && library.network().areConnected(device.id(), link.peer());
        if (unnoticed) {
            open.add(who + "does not see that it can be reached");
        }
        if (isBusy(link)) {
            open.add(who + link);
        }
    }

    private static boolean isBusy(SyncLevels.Link link) {
        boolean pending = link.activeSessions() > 0
                || link.retryDepth() > 0
                || link.needsCatchUp()
                || !link.outstanding().isEmpty()
                || !link.heldBuffer().isEmpty()
                || !link.heldWaiting().isEmpty();
        Long lag = link.lagMillis();
        return pending || (link.online() && (lag == null || lag > 0));
    }
}
