package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.SyncState;
import io.librarysync.record.SyncRecorder;
import java.time.Duration;

/** What the parts of one device's engine share; all of it but the parts and the codec lives on the loop. */
record Device(
        EngineParts parts,
        MessageCodec codec,
        Loop loop,
        SyncStateMachine machine,
        LocalClock clock,
        Progress progress,
        HeldChanges held,
        Rejections rejections,
        PeerTable peers) {

    /** Reads what the library holds of this device's past. */
    static Device open(EngineParts parts) {
        MessageCodec codec =
                new MessageCodec(parts.config().wireFormat(), parts.config().get(EngineKey.PAYLOAD_MAX_BYTES));
        return parts.store()
                .read(library -> new Device(
                        parts,
                        codec,
                        new Loop(parts.loop(), parts.recorder()),
                        new SyncStateMachine(parts.recorder()),
                        new LocalClock(parts.device(), library.clock()),
                        Progress.restore(library, parts.device()),
                        held(library, codec),
                        new Rejections(),
                        peers(library)));
    }

    DeviceId self() {
        return parts.device();
    }

    EngineConfig config() {
        return parts.config();
    }

    LibraryStore store() {
        return parts.store();
    }

    /** The recorder for one unit of work. */
    SyncRecorder recorder() {
        return parts.recorder().current();
    }

    long nowMillis() {
        return parts.clock().millis();
    }

    boolean isPaused() {
        return machine.is(SyncState.PAUSED);
    }

    /** {@code delay}, up to a fifth shorter or longer. */
    Duration jittered(Duration delay) {
        double spread = 0.8 + 0.4 * parts.jitter().getAsDouble();
        return Duration.ofNanos((long) (delay.toNanos() * spread));
    }

    private static HeldChanges held(LibraryReader library, MessageCodec codec) {
        HeldChanges held = new HeldChanges();
        for (Stored.Pending pending : library.pending()) {
            held.add(new HeldChanges.Held(
                    pending.id(),
                    HeldChanges.Why.ofLabel(pending.why()),
                    pending.missing(),
                    codec.release(pending.message()),
                    pending.receivedAt()));
        }
        return held;
    }

    private static PeerTable peers(LibraryReader library) {
        PeerTable peers = new PeerTable();
        for (Stored.Device device : library.devices()) {
            if (!device.self()) {
                Peer peer = new Peer(device.id(), device.name());
                peer.firstSeenMillis = device.firstSeenAt();
                peer.lastSeenMillis = device.lastSeenAt();
                peers.add(peer);
            }
        }
        return peers;
    }
}
