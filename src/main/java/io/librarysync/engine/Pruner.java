package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.record.SyncRecorder;
import java.util.Map;

/**
 * Removes log entries and tombstones that every member but their origin and this device has, or that are older than the
 * retention. The floor rises with them, so that a device that asks for less is told to pull everything.
 */
final class Pruner {

    private final Device device;
    private final PeerProgress peers;
    private boolean scheduled;

    Pruner(Device device, PeerProgress peers) {
        this.device = device;
        this.peers = peers;
    }

    /** A peer told how far it is: prunes shortly, once for all that is told until then. */
    void progressed() {
        if (!scheduled) {
            scheduled = true;
            var unused = device.loop().after(device.config().duration(EngineKey.ACK_INTERVAL_MS), this::prune);
        }
    }

    void prune() {
        scheduled = false;
        SyncRecorder recorder = device.recorder();
        try {
            int pruned = device.store().inTransaction(this::pruneIn);
            peers.written();
            if (pruned > 0) {
                recorder.logPruned(pruned);
            }
        } catch (StoreException e) {
            recorder.databaseFailed(null, null, e.fault());
        }
    }

    private int pruneIn(LibraryTransaction library) {
        long now = device.nowMillis();
        peers.moved(now).forEach(library::raisePeerProgress);
        int pruned = 0;
        long logLimit = now
                - device.config()
                        .duration(EngineKey.PEER_LOG_MAX_RETENTION_DAYS)
                        .toMillis();
        for (Map.Entry<DeviceId, Long> author : library.loggedBefore(logLimit).entrySet()) {
            long seq = prunable(Scope.shared(author.getKey()), author.getValue());
            int rows = seq == 0 ? 0 : library.pruneLog(author.getKey(), seq);
            raiseFloor(library, Scope.shared(author.getKey()), rows, seq);
            pruned += rows;
        }
        long tombstoneLimit = now
                - device.config()
                        .duration(EngineKey.TOMBSTONE_MAX_RETENTION_DAYS)
                        .toMillis();
        for (Map.Entry<Scope, Long> scope :
                library.tombstonesBefore(tombstoneLimit).entrySet()) {
            pruneTombstones(library, scope.getKey(), prunable(scope.getKey(), scope.getValue()));
        }
        return pruned;
    }

    private static void pruneTombstones(LibraryTransaction library, Scope scope, long rev) {
        var model = scope.model();
        if (model != null && rev > 0) {
            raiseFloor(library, scope, library.pruneTombstones(scope.origin(), model, rev), rev);
        }
    }

    private static void raiseFloor(LibraryTransaction library, Scope scope, int rows, long value) {
        if (rows > 0) {
            library.raiseFloor(new Stored.Floor(scope, value));
        }
    }

    /** Up to where everybody who needs it has it; {@code old} at least, and never more than we have ourselves. */
    private long prunable(Scope scope, long old) {
        long held = device.progress().value(scope);
        long everywhere = device.peers().all().stream()
                .filter(peer -> !peer.id.equals(scope.origin()))
                .mapToLong(peer -> peers.value(peer.id, scope))
                .min()
                .orElse(held);
        return Math.max(old, Math.min(held, everywhere));
    }
}
