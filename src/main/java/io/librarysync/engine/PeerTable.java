package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every member but this device. */
final class PeerTable {

    private final Map<DeviceId, Peer> peers = new LinkedHashMap<>();

    Collection<Peer> all() {
        return peers.values();
    }

    @Nullable
    Peer find(DeviceId id) {
        return peers.get(id);
    }

    void add(Peer peer) {
        peers.put(peer.id, peer);
    }

    List<Peer> partners() {
        return peers.values().stream().filter(Peer::isPartner).toList();
    }

    boolean isOnline(DeviceId id) {
        Peer peer = peers.get(id);
        return peer != null && peer.isPartner();
    }
}
