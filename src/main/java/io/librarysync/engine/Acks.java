package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.record.SyncRecorder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells peers how far we are with the authors whose entries they gave us, and never for another device. */
final class Acks {

    private static final int ENTRIES_PER_ACK = 100;

    private final Device device;
    private final Port port;
    private final Map<DeviceId, Due> due = new HashMap<>();

    /** What one peer is to be told next. */
    private static final class Due {
        private final Set<DeviceId> authors = new HashSet<>();
        private int entries;
    }

    Acks(Device device, Port port) {
        this.device = device;
        this.port = port;
    }

    /** Changes of {@code peer} were settled: those of the shared log are acked soon, or at once when they are many. */
    void taken(Peer peer, List<Incoming> changes) {
        boolean idle = !due.containsKey(peer.id);
        int entries = note(peer, changes);
        if (entries >= ENTRIES_PER_ACK) {
            send(peer);
        } else if (entries > 0 && idle) {
            var unused = device.loop().after(device.config().duration(EngineKey.ACK_INTERVAL_MS), () -> send(peer));
        }
    }

    /** A page of {@code peer} was settled: it is acked at once. */
    void pageTaken(Peer peer, List<Incoming> changes) {
        if (note(peer, changes) > 0) {
            send(peer);
        }
    }

    private int note(Peer peer, List<Incoming> changes) {
        for (Incoming change : changes) {
            if (change.scope().isShared() && !change.origin().equals(device.self())) {
                Due next = due.computeIfAbsent(peer.id, id -> new Due());
                next.authors.add(change.origin());
                next.entries++;
            }
        }
        Due noted = due.get(peer.id);
        return noted == null ? 0 : noted.entries;
    }

    private void send(Peer peer) {
        Due next = due.remove(peer.id);
        if (next == null || device.isPaused()) {
            return;
        }
        Map<DeviceId, Long> progress = new HashMap<>();
        next.authors.forEach(author -> progress.put(author, device.progress().value(Scope.shared(author))));
        SyncRecorder recorder = device.recorder();
        if (port.send(peer.id, new Message.AckSharedChanges(progress), recorder)) {
            recorder.ackSent(peer.id);
        }
    }
}
