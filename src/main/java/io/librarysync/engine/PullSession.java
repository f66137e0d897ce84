package io.librarysync.engine;

import io.librarysync.domain.Fault;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.domain.Session;
import io.librarysync.domain.SessionKind;
import io.librarysync.record.SyncRecorder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One pull from one peer: an exchange, then page by page whatever the peer is ahead in. It closes exactly once, as completed
 * or failed. Lives on the loop.
 */
final class PullSession {

    private static final String CLOCK_AHEAD = "clock_ahead";

    private final Device device;
    private final Port port;
    private final Applying applying;
    private final Acks acks;
    private final Session session;
    private final Peer peer;
    private final long startedNanos;
    private final Consumer<PullSession> onClosed;
    private final Deque<Pull> plan = new ArrayDeque<>();
    private Set<Scope> gaps = Set.of();
    private int planned;
    private boolean moved;
    private boolean aheadOfClock;
    private boolean closed;
    private @Nullable Fault failure;

    PullSession(
            Device device,
            Port port,
            Applying applying,
            Acks acks,
            SessionKind kind,
            Peer peer,
            Consumer<PullSession> onClosed) {
        this.device = device;
        this.port = port;
        this.applying = applying;
        this.acks = acks;
        this.session = new Session(device.parts().uuids().get(), kind);
        this.peer = peer;
        this.startedNanos = device.parts().clock().nanos();
        this.onClosed = onClosed;
    }

    Session session() {
        return session;
    }

    SessionKind kind() {
        return session.kind();
    }

    Peer peer() {
        return peer;
    }

    UUID id() {
        return session.id();
    }

    boolean succeeded() {
        return failure == null;
    }

    /** Whether it failed only because what the peer gave is stamped too far ahead of this device's clock. */
    boolean waitsForClock() {
        return failure != null && failure.cause().equals(CLOCK_AHEAD);
    }

    /** Percent of the planned pulls that are done. */
    int progress() {
        return planned == 0 ? 0 : 100 * (planned - plan.size()) / planned;
    }

    void open() {
        SyncRecorder recorder = device.recorder();
        peer.sessions++;
        recorder.sessionOpened(peer.id, session, recorder.millis());
    }

    /** Begins to pull; {@code peer.heads} is fresh. */
    void pull() {
        gaps = Pulls.gaps(device, peer);
        plan.addAll(Pulls.plan(device, this));
        planned = plan.size();
        nextPull();
    }

    void pullDone() {
        plan.poll();
        nextPull();
    }

    /** The peer answered with a page that no pull can go on from. */
    void pullMalformed(String problem, SyncRecorder recorder) {
        Fault fault = new Fault("malformed", problem);
        recorder.frameRejected(peer.id, fault);
        close(fault);
    }

    /** Ends a session that is under way; does nothing to one that has ended. */
    void abort(String reason) {
        close(new Fault("aborted", reason));
    }

    /**
     * Asks for one page; {@code onPage} runs when it is decoded and only if the session is still open.
     *
     * @param model what it asks for; null for shared changes
     */
    <T extends Message> void request(
            Message request, @Nullable ModelType model, Class<T> type, BiConsumer<T, SyncRecorder> onPage) {
        SyncRecorder recorder = device.recorder();
        long started = recorder.nanos();
        boolean accepted = port.request(
                peer.id,
                port.envelope(request),
                device.config().duration(EngineKey.BACKFILL_REQUEST_TIMEOUT_SECS),
                recorder,
                answer -> {
                    T page = answer.as(type);
                    if (page == null) {
                        recorder.requestFailed(peer.id, answer.failure());
                        close(answer.failure());
                        return;
                    }
                    if (!closed) {
                        recorder.pageReceived(peer.id, recorder.nanos() - started);
                        guarded(() -> onPage.accept(page, device.recorder()));
                    }
                });
        if (accepted) {
            recorder.pageRequested(peer.id, session, model);
        }
    }

    /** Settles one page in one transaction; false if it was rolled back, which ends the session. */
    boolean take(List<Incoming> changes, Route route, SyncRecorder recorder, Consumer<ApplyRun> work) {
        ModelTally tally = ModelTally.count(changes, change -> LibraryModels.counted(change.model()));
        recorder.changesReceived(peer.id, route, tally);
        Heads before = device.progress().heads();
        Applying.Taken taken = applying.take(peer.id, tally, recorder, run -> {
            run.prefetch(changes);
            work.accept(run);
            aheadOfClock |= !run.aheadOfClock().isEmpty();
        });
        if (taken.fault() != null) {
            close(taken.fault());
            return false;
        }
        recorder.pageTaken(peer.id, session, taken.applied());
        moved |= !device.progress().heads().equals(before);
        acks.pageTaken(peer, changes);
        return true;
    }

    Route route() {
        return kind() == SessionKind.BACKFILL ? Route.BACKFILL : Route.CATCH_UP;
    }

    /** Up to where the peer no longer has every deletion or log entry; 0 if it has them all. */
    long floorOf(Scope scope) {
        ModelType model = scope.model();
        return peer.floors.stream()
                .filter(floor -> floor.origin().equals(scope.origin())
                        && Objects.equals(floor.model(), model == null ? null : model.name()))
                .mapToLong(Message.FloorAt::value)
                .max()
                .orElse(0);
    }

    private void nextPull() {
        if (closed) {
            return;
        }
        Pull next = plan.peek();
        if (next == null) {
            close(moved ? null : whyStuck());
        } else {
            guarded(next::next);
        }
    }

    /** Why a session that moved nothing has failed; null if there was nothing to move. */
    private @Nullable Fault whyStuck() {
        if (Pulls.isAhead(device, peer)) {
            return aheadOfClock
                    ? new Fault(CLOCK_AHEAD, "what the peer gave is stamped too far ahead of this device's clock")
                    : new Fault("stuck", "the peer is ahead, but gave nothing");
        }
        boolean gapStands = Pulls.gaps(device, peer).stream().anyMatch(gaps::contains);
        return gapStands ? new Fault("gap", "the peer sent what does not follow, but gave nothing before it") : null;
    }

    private void guarded(Runnable work) {
        if (closed) {
            return;
        }
        try {
            work.run();
        } catch (RuntimeException e) {
            close(new Fault("internal", String.valueOf(e)));
            throw e;
        }
    }

    private void close(@Nullable Fault fault) {
        if (closed) {
            return;
        }
        closed = true;
        failure = fault;
        peer.sessions--;
        SyncRecorder recorder = device.recorder();
        long nanos = device.parts().clock().nanos() - startedNanos;
        recorder.sessionClosed(peer.id, session, fault, nanos, recorder.millis());
        onClosed.accept(this);
    }
}
