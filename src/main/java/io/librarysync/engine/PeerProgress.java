package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What every peer has of every origin, by its acks and heads; what moved is written with the next pruning. */
final class PeerProgress {

    private final Map<DeviceId, Map<Scope, Long>> known = new HashMap<>();
    private final Set<Moved> moved = new LinkedHashSet<>();

    private record Moved(DeviceId peer, Scope scope) {}

    PeerProgress(List<Stored.PeerProgress> stored) {
        stored.forEach(row -> of(row.peer()).put(row.scope(), row.value()));
    }

    /** Returns whether that is news. */
    boolean raise(DeviceId peer, Scope scope, long value) {
        long before = value(peer, scope);
        if (value <= before) {
            return false;
        }
        of(peer).put(scope, value);
        moved.add(new Moved(peer, scope));
        return true;
    }

    /** 0 for a peer that was never heard of. */
    long value(DeviceId peer, Scope scope) {
        return known.getOrDefault(peer, Map.of()).getOrDefault(scope, 0L);
    }

    /** The rows to be written. */
    List<Stored.PeerProgress> moved(long nowMillis) {
        List<Stored.PeerProgress> rows = new ArrayList<>();
        moved.forEach(each -> rows.add(
                new Stored.PeerProgress(each.peer(), each.scope(), value(each.peer(), each.scope()), nowMillis)));
        return rows;
    }

    void written() {
        moved.clear();
    }

    private Map<Scope, Long> of(DeviceId peer) {
        return known.computeIfAbsent(peer, id -> new HashMap<>());
    }
}
