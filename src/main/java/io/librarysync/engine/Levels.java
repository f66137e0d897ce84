package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.SyncState;
import io.librarysync.record.SyncLevels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Publishes the levels of the device after each task of the loop, so that any thread can read them without waiting. */
final class Levels {

    private final Device device;
    private final Broadcaster broadcaster;
    private final RetryQueue retries;
    private final BackfillManager backfill;
    private Work lastWork = Work.NONE;
    private long movedMillis;
    private volatile Published published;

    /** Levels, and since when nothing moved although work is pending; 0 if none is. */
    private record Published(SyncLevels levels, long stalledSinceMillis) {}

    /** What changes when anything moves. */
    private record Work(Heads heads, Map<ModelType, Long> outbox, List<SyncLevels.Link> links) {
        static final Work NONE = new Work(Heads.NONE, Map.of(), List.of());
    }

    Levels(Device device, Broadcaster broadcaster, RetryQueue retries, BackfillManager backfill) {
        this.device = device;
        this.broadcaster = broadcaster;
        this.retries = retries;
        this.backfill = backfill;
        this.published = new Published(SyncLevels.none(), 0);
    }

    /** The levels now; from any thread. */
    SyncLevels now() {
        Published last = published;
        SyncLevels levels = last.levels();
        if (last.stalledSinceMillis() == 0) {
            return levels;
        }
        return new SyncLevels(
                levels.state(),
                levels.backfillProgress(),
                levels.backfillPeer(),
                levels.outbox(),
                levels.oldestHeldMillis(),
                Math.max(0, device.nowMillis() - last.stalledSinceMillis()),
                levels.links());
    }

    void publish() {
        List<SyncLevels.Link> links =
                device.peers().all().stream().map(this::link).toList();
        Map<ModelType, Long> outbox = positive(broadcaster.depth());
        boolean backfilling = device.machine().is(SyncState.BACKFILLING);
        PullSession session = backfill.session();
        SyncLevels levels = new SyncLevels(
                device.machine().state(),
                backfilling && session != null ? session.progress() : null,
                backfilling && session != null ? session.peer().id : null,
                outbox,
                device.held().oldestMillis(),
                0,
                links);
        published =
                new Published(levels, stalledSince(new Work(device.progress().heads(), outbox, links)));
    }

    private long stalledSince(Work work) {
        boolean pending = !broadcaster.isEmpty()
                || !retries.isEmpty()
                || backfill.session() != null
                || device.held().oldestMillis() != null
                || work.links().stream().anyMatch(Levels::isOpen);
        if (!work.equals(lastWork)) {
            movedMillis = device.nowMillis();
            lastWork = work;
        }
        return pending ? movedMillis : 0;
    }

    private static boolean isOpen(SyncLevels.Link link) {
        Long lag = link.lagMillis();
        return !link.outstanding().isEmpty() || (link.online() && lag != null && lag > 0);
    }

    private SyncLevels.Link link(Peer peer) {
        return new SyncLevels.Link(
                peer.id,
                peer.name,
                peer.online,
                peer.isPartner(),
                peer.state,
                peer.needsCatchUp(),
                peer.sessions,
                peer.retries,
                peer.outstanding,
                positive(of(peer.id, device.held().inTurnCounts())),
                positive(of(peer.id, device.held().waitingCounts())),
                peer.rttMillis,
                lag(peer));
    }

    /** How much older than the peer's own newest change the newest is that we have of it, over its models and its log. */
    private @Nullable Long lag(Peer peer) {
        Heads heads = peer.heads;
        if (heads == null) {
            return null;
        }
        return heads.scopes().stream()
                .filter(scope -> scope.origin().equals(peer.id))
                .mapToLong(scope -> lag(peer, heads, scope))
                .max()
                .orElse(0);
    }

    private long lag(Peer peer, Heads heads, Scope scope) {
        Progress.Mark mine = device.progress().mark(scope);
        if (mine.value() >= heads.value(scope)) {
            return 0;
        }
        long since = mine.millis() == 0 ? peer.upSinceMillis : mine.millis();
        return Math.max(1, heads.millis(scope) - since);
    }

    private static Map<ModelType, Long> of(DeviceId peer, Map<DeviceId, Map<ModelType, Long>> counts) {
        return counts.getOrDefault(peer, Map.of());
    }

    private static Map<ModelType, Long> positive(Map<ModelType, Long> counts) {
        Map<ModelType, Long> positive = new HashMap<>(counts);
        positive.values().removeIf(count -> count == 0);
        return positive;
    }
}
