package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.PullCandidate;
import io.librarysync.domain.SessionKind;
import io.librarysync.domain.SyncState;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides when to pull and from whom, one session at a time, and leads the device through its states as it does. */
final class BackfillManager {

    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(10);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
    private static final int FAILURES_TO_ESCALATE = 5;
    private static final double UNKNOWN_RTT_MILLIS = 100;

    private final Device device;
    private final Port port;
    private final Applying applying;
    private final Acks acks;
    private final PeerSync peerSync;
    private @Nullable PullSession session;
    private boolean failedThisRound;
    private int failuresInARow;

    BackfillManager(Device device, Port port, Applying applying, Acks acks, PeerSync peerSync) {
        this.device = device;
        this.port = port;
        this.applying = applying;
        this.acks = acks;
        this.peerSync = peerSync;
    }

    @Nullable
    PullSession session() {
        return session;
    }

    /** Looks whether there is anything to pull, and begins. */
    void consider() {
        if (session != null) {
            return;
        }
        switch (device.machine().state()) {
            case UNINITIALIZED -> considerFirstPull();
            case READY -> best().ifPresent(this::catchUp);
            case CATCHING_UP -> proceed();
            case BACKFILLING, PAUSED -> {}
        }
    }

    /** Nobody was met in time: there is nothing to wait for. */
    void joinedAlone() {
        if (device.machine().is(SyncState.UNINITIALIZED)
                && device.peers().partners().isEmpty()) {
            ready("first member");
        }
    }

    /** Enters Ready, at start or when all is pulled. */
    void ready(String reason) {
        forgetCheckpoints();
        applying.drain(device.recorder()).forEach(this::pullLater);
        device.machine().transition(SyncState.READY, reason);
    }

    private void forgetCheckpoints() {
        if (!applying.forgetCheckpoints(device.recorder())) {
            var unused = device.loop().after(device.jittered(FIRST_BACKOFF), this::forgetCheckpointsIfReady);
        }
    }

    private void forgetCheckpointsIfReady() {
        if (device.machine().is(SyncState.READY)) {
            forgetCheckpoints();
        }
    }

    /** What it sent could not be taken from where it is held; that is tried again when it was pulled once more. */
    private void pullLater(DeviceId link) {
        Peer peer = device.peers().find(link);
        if (peer != null) {
            peer.gap = true;
            failed(peer);
        }
    }

    /** Leaves Paused for the state that fits what the partners have. */
    void resume() {
        boolean interrupted = !device.store().read(LibraryReader::checkpoints).isEmpty();
        if (interrupted) {
            device.machine().transition(SyncState.UNINITIALIZED, "resumed");
            consider();
            return;
        }
        boolean behind = device.peers().partners().stream().anyMatch(this::worthPulling);
        if (behind) {
            device.machine().transition(SyncState.CATCHING_UP, "resumed");
            proceed();
        } else {
            ready("resumed");
        }
    }

    void abort(String reason) {
        PullSession open = session;
        session = null;
        if (open != null) {
            open.abort(reason);
        }
    }

    private void considerFirstPull() {
        Optional<Peer> peer = best();
        if (peer.isPresent()) {
            device.machine().transition(SyncState.BACKFILLING, "peer connected");
            begin(SessionKind.BACKFILL, peer.get());
        } else if (nothingToPull()) {
            ready("nothing to pull");
        }
    }

    private boolean nothingToPull() {
        List<Peer> partners = device.peers().partners();
        return !partners.isEmpty()
                && partners.stream().allMatch(peer -> peer.heads != null && !Pulls.isAhead(device, peer));
    }

    private void catchUp(Peer peer) {
        failedThisRound = false;
        device.machine().transition(SyncState.CATCHING_UP, peer.gap ? "gap" : "peer ahead");
        begin(SessionKind.CATCH_UP, peer);
    }

    private void begin(SessionKind kind, Peer peer) {
        PullSession next = new PullSession(device, port, applying, acks, kind, peer, this::closed);
        session = next;
        device.recorder()
                .peerSelected(
                        peer.id,
                        next.session(),
                        candidates().stream()
                                .map(other -> new PullCandidate(other.id, score(other)))
                                .toList());
        next.open();
        peerSync.exchange(peer, fault -> {
            if (fault == null) {
                next.pull();
            } else {
                next.abort(fault.message());
            }
        });
    }

    private void closed(PullSession done) {
        if (session != done) {
            return;
        }
        session = null;
        if (done.succeeded()) {
            succeeded(done.peer());
        } else {
            failed(done.peer());
            failuresInARow += done.waitsForClock() ? 0 : 1;
        }
        if (done.kind() == SessionKind.BACKFILL) {
            afterBackfill(done);
        } else {
            proceed();
        }
    }

    private void succeeded(Peer peer) {
        peer.gap = false;
        peer.failures = 0;
        failuresInARow = 0;
    }

    private void failed(Peer peer) {
        failedThisRound = true;
        peer.failures++;
        peer.backingOff = true;
        Duration backoff = FIRST_BACKOFF.multipliedBy(1L << Math.min(peer.failures - 1, FAILURES_TO_ESCALATE));
        var unused = device.loop()
                .after(
                        device.jittered(backoff.compareTo(LONGEST_BACKOFF) < 0 ? backoff : LONGEST_BACKOFF),
                        () -> tryAgain(peer));
    }

    private void tryAgain(Peer peer) {
        peer.backingOff = false;
        consider();
    }

    private void afterBackfill(PullSession done) {
        if (done.succeeded()) {
            device.machine().transition(SyncState.CATCHING_UP, "backfill complete");
            failedThisRound = false;
            proceed();
            return;
        }
        Optional<Peer> other = best();
        if (other.isPresent()) {
            begin(SessionKind.BACKFILL, other.get());
        } else {
            device.machine().transition(SyncState.UNINITIALIZED, "backfill failed");
        }
    }

    /** While catching up: the next partner that is ahead, else Ready. */
    private void proceed() {
        Optional<Peer> next = best();
        if (next.isPresent()) {
            begin(SessionKind.CATCH_UP, next.get());
            return;
        }
        ready(failedThisRound ? "catch-up failed" : "caught up");
        escalateIfHopeless();
        device.loop().execute(this::consider);
    }

    private void escalateIfHopeless() {
        if (failuresInARow >= FAILURES_TO_ESCALATE) {
            failuresInARow = 0;
            device.machine().transition(SyncState.UNINITIALIZED, "escalated");
        }
    }

    private Optional<Peer> best() {
        return candidates().stream().findFirst();
    }

    /** Whom it makes sense to pull from, the best first. */
    private List<Peer> candidates() {
        return device.peers().partners().stream()
                .filter(this::worthPulling)
                .filter(peer -> !peer.backingOff)
                .sorted(Comparator.comparingDouble(BackfillManager::score).reversed())
                .toList();
    }

    private boolean worthPulling(Peer peer) {
        return peer.heads != null && (peer.gap || Pulls.isAhead(device, peer));
    }

    private static double score(Peer peer) {
        double rtt = peer.rttMillis == null ? UNKNOWN_RTT_MILLIS : peer.rttMillis;
        double ready = peer.state == SyncState.READY ? 100 : 0;
        return 1_000 / Math.max(rtt, 1) + ready - 10.0 * peer.serving;
    }
}
