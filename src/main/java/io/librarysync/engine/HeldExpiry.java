package io.librarysync.engine;

import io.librarysync.domain.Fault;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.RejectReason;
import io.librarysync.domain.SyncState;
import io.librarysync.engine.HeldChanges.Held;
import io.librarysync.record.SyncRecorder;
import java.util.List;

/**
 * Ends changes that wait for a row which will not come: after a time in which every member was online and nothing was
 * behind, or when the retention of the log is over in any case.
 */
final class HeldExpiry {

    private final Device device;
    private final Applying applying;
    private long completeSinceMillis = Long.MAX_VALUE;
    private boolean stuck;

    HeldExpiry(Device device, Applying applying) {
        this.device = device;
        this.applying = applying;
    }

    void check() {
        long now = device.nowMillis();
        completeSinceMillis = isComplete() ? Math.min(completeSinceMillis, now) : Long.MAX_VALUE;
        long maxWait =
                device.config().duration(EngineKey.DEPENDENCY_MAX_WAIT_SECS).toMillis();
        long retention =
                device.config().duration(EngineKey.PEER_LOG_MAX_RETENTION_DAYS).toMillis();
        tellOfStuck(now, maxWait);
        boolean waitedComplete = completeSinceMillis <= now - maxWait;
        List<Held> expired = device.held().all().stream()
                .filter(held -> held.missing() != null)
                .filter(held -> held.receivedAt() <= now - (waitedComplete ? maxWait : retention))
                .toList();
        expired.forEach(this::expire);
    }

    /** Tells once that changes wait for longer than they should; again only after none did. */
    private void tellOfStuck(long now, long maxWait) {
        List<Held> overdue = device.held().all().stream()
                .filter(held -> held.missing() != null)
                .filter(held -> held.receivedAt() <= now - maxWait)
                .toList();
        boolean found = device.machine().is(SyncState.READY) && !overdue.isEmpty();
        if (found && !stuck) {
            long oldest = overdue.stream().mapToLong(Held::receivedAt).min().orElse(now);
            ModelTally waiting = ModelTally.count(
                    overdue, held -> LibraryModels.counted(held.change().model()));
            device.recorder().dependenciesStuck(waiting, now - oldest);
        }
        stuck = found;
    }

    private boolean isComplete() {
        return device.machine().is(SyncState.READY)
                && device.peers().all().stream()
                        .allMatch(peer -> peer.isPartner() && peer.heads != null && !Pulls.isAhead(device, peer));
    }

    private void expire(Held held) {
        SyncRecorder recorder = device.recorder();
        Fault fault = new Fault(
                "missing_dependency",
                held.change().model() + " " + held.change().uuid() + " needs " + held.missing() + ", which never came");
        var unused = applying.take(
                held.change().link(),
                ModelTally.EMPTY,
                recorder,
                run -> run.give(held, RejectReason.MISSING_DEPENDENCY, fault));
    }
}
