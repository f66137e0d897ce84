package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.SyncState;
import io.librarysync.record.SyncLevels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Publishes the levels of the device after each task of the loop, so that any thread can read them without waiting. */
final class Levels {

    private final Device device;
    private final Broadcaster broadcaster;
    private final RetryQueue retries;
    private final BackfillManager backfill;
    private Work lastWork = Work.NONE;
    private long movedNanos;
    private volatile Published published;

    /** Levels, and since when nothing moved although work is pending; null if none is. */
    private record Published(SyncLevels levels, @Nullable Long stalledSinceNanos) {}

    /** What changes when anything moves. */
    private record Work(Heads heads, Map<ModelType, Long> outbox, List<LinkWork> links) {
        static final Work NONE = new Work(Heads.NONE, Map.of(), List.of());
    }

    /** What moves on a link; a round trip or a state that was told is no work. */
    private record LinkWork(
            int sessions,
            int retries,
            Map<ModelType, Long> outstanding,
            Map<ModelType, Long> heldBuffer,
            Map<ModelType, Long> heldWaiting) {

        static LinkWork of(SyncLevels.Link link) {
            return new LinkWork(
                    link.activeSessions(),
                    link.retryDepth(),
                    link.outstanding(),
                    link.heldBuffer(),
                    link.heldWaiting());
        }
    }

    Levels(Device device, Broadcaster broadcaster, RetryQueue retries, BackfillManager backfill) {
        this.device = device;
        this.broadcaster = broadcaster;
        this.retries = retries;
        this.backfill = backfill;
        this.published = new Published(SyncLevels.none(), null);
    }

    /** The levels now; from any thread. */
    SyncLevels now() {
        Published last = published;
        SyncLevels levels = last.levels();
        Long stalledSince = last.stalledSinceNanos();
        if (stalledSince == null) {
            return levels;
        }
        return new SyncLevels(
                levels.state(),
                levels.backfillProgress(),
                levels.backfillPeer(),
                levels.outbox(),
                levels.oldestHeldMillis(),
                Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos() - stalledSince)),
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
        published = new Published(levels, stalledSince(levels));
    }

    private @Nullable Long stalledSince(SyncLevels levels) {
        Work work = new Work(
                device.progress().heads(),
                levels.outbox(),
                levels.links().stream().map(LinkWork::of).toList());
        boolean pending = !broadcaster.isEmpty()
                || !retries.isEmpty()
                || backfill.session() != null
                || device.held().oldestMillis() != null
                || levels.links().stream().anyMatch(Levels::isOpen);
        if (!work.equals(lastWork)) {
            movedNanos = nanos();
            lastWork = work;
        }
        return pending ? movedNanos : null;
    }

    private long nanos() {
        return device.parts().clock().nanos();
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
        long lag = mine.millis() == 0 ? device.nowMillis() - peer.upSinceMillis : heads.millis(scope) - mine.millis();
        return Math.max(1, lag);
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
