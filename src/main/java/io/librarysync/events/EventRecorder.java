package io.librarysync.events;

import io.librarysync.domain.DeferReason;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ErrorKind;
import io.librarysync.domain.Fault;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.PullCandidate;
import io.librarysync.domain.RefusalReason;
import io.librarysync.domain.RejectReason;
import io.librarysync.domain.Session;
import io.librarysync.domain.SyncClock;
import io.librarysync.domain.SyncState;
import io.librarysync.metrics.Member;
import io.librarysync.record.SyncRecorder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns what sync reports into events. What healthy work reports for every change or frame is none. */
final class EventRecorder implements SyncRecorder {
    private final SyncClock clock;
    private final Function<DeviceId, String> names;
    private final Consumer<EventDraft> events;
    private final Ingestion ingestion = new Ingestion();
    private final Map<UUID, Long> appliedBySession = new ConcurrentHashMap<>();

    EventRecorder(SyncClock clock, Function<DeviceId, String> names, Consumer<EventDraft> events) {
        this.clock = clock;
        this.names = names;
        this.events = events;
    }

    /** Tells of what pulls applied, as far as it is due. */
    void flushDue() {
        ingestion.takeDue(clock.nanos()).forEach(this::ingested);
    }

    /** Tells of everything that pulls applied. */
    void flush() {
        ingestion.takeAll().forEach(this::ingested);
    }

    @Override
    public void stateChanged(SyncState from, SyncState to, String reason) {
        flush();
        events.accept(draft(SyncEventType.STATE_TRANSITION, StateEdge.summary(from, to, reason)));
    }

    @Override
    public void illegalTransition(SyncState from, SyncState to, String reason) {
        events.accept(draft(SyncEventType.ILLEGAL_TRANSITION, StateEdge.summary(from, to, reason)));
    }

    @Override
    public void peerConnected(DeviceId peer) {
        events.accept(draft(SyncEventType.PEER_CONNECTED, "online").with(member(peer)));
    }

    @Override
    public void peerDisconnected(DeviceId peer, String reason) {
        events.accept(
                draft(SyncEventType.PEER_DISCONNECTED, "offline: " + reason).with(member(peer)));
    }

    @Override
    public void peerRefused(RefusalReason reason, @Nullable DeviceId peer, Fault fault) {
        SyncEventType type =
                reason == RefusalReason.HISTORY_REWOUND ? SyncEventType.HISTORY_REWOUND : SyncEventType.PEER_REFUSED;
        events.accept(draft(type, said(fault)).with(member(peer)));
    }

    @Override
    public void frameRejected(DeviceId peer, Fault fault) {
        failed(ErrorKind.VALIDATION, fault, peer, null);
    }

    @Override
    public void changesDeferred(DeferReason reason, ModelTally changes) {
        if (reason == DeferReason.OVERFLOW) {
            events.accept(draft(SyncEventType.OUTBOX_OVERFLOW, changes(changes) + " left to a later pull")
                    .of(changes));
        }
    }

    @Override
    public void broadcastFailed(DeviceId peer, Fault fault) {
        failed(ErrorKind.NETWORK, fault, peer, null);
    }

    @Override
    public void retryFailed(DeviceId peer, Fault fault) {
        failed(ErrorKind.NETWORK, fault, peer, null);
    }

    @Override
    public void retryExhausted(DeviceId peer) {
        events.accept(draft(SyncEventType.RETRY_EXHAUSTED, "a message was given up after its last attempt")
                .with(member(peer)));
    }

    @Override
    public void retryOverflowed(DeviceId peer) {
        events.accept(draft(SyncEventType.RETRY_EXHAUSTED, "a message was given up, the retry queue is full")
                .with(member(peer)));
    }

    @Override
    public void changeRejected(DeviceId peer, ModelType model, RejectReason reason, @Nullable Fault fault) {
        reason.errorKind()
                .ifPresent(kind -> failed(
                        kind,
                        fault != null ? fault : new Fault(reason.label(), "rejected as " + reason.label()),
                        peer,
                        model));
    }

    @Override
    public void bufferOverflowed(DeviceId peer, ModelTally changes) {
        events.accept(draft(SyncEventType.BUFFER_OVERFLOW, changes(changes) + " left to a pull")
                .with(member(peer))
                .of(changes));
    }

    @Override
    public void gapDetected(DeviceId peer) {
        events.accept(draft(SyncEventType.GAP_DETECTED, "changes are missing before those received")
                .with(member(peer)));
    }

    @Override
    public void dependenciesStuck(ModelTally waiting, long millis) {
        events.accept(draft(SyncEventType.STUCK_DEPENDENCIES, changes(waiting) + " waiting for rows that did not come")
                .of(waiting)
                .lasting(Duration.ofMillis(millis)));
    }

    @Override
    public void messageRolledBack(DeviceId peer, ModelTally changes, Fault fault) {
        events.accept(draft(SyncEventType.SYNC_ERROR, ErrorKind.DATABASE.label() + ": " + said(fault))
                .with(member(peer))
                .of(changes));
    }

    @Override
    public void peerSelected(DeviceId peer, Session session, List<PullCandidate> candidates) {
        String scores = candidates.stream()
                .map(each -> String.format(Locale.ROOT, "%s %.0f", names.apply(each.peer()), each.score()))
                .collect(Collectors.joining(", "));
        events.accept(draft(SyncEventType.PEER_SELECTED, "candidates by score: " + scores)
                .with(member(peer))
                .in(session));
    }

    @Override
    public void sessionOpened(DeviceId peer, Session session, long atMillis) {
        appliedBySession.put(session.id(), 0L);
        events.accept(draft(SyncEventType.started(session.kind()), "pulls what this device lacks")
                .with(member(peer))
                .in(session));
    }

    @Override
    public void sessionClosed(DeviceId peer, Session session, @Nullable Fault fault, long nanos, long atMillis) {
        flush();
        Long counted = appliedBySession.remove(session.id());
        long applied = counted == null ? 0 : counted;
        SyncEventType type =
                fault == null ? SyncEventType.completed(session.kind()) : SyncEventType.failed(session.kind());
        String summary = (fault == null ? "" : said(fault) + "; ") + count(applied, "record");
        events.accept(draft(type, summary)
                .with(member(peer))
                .records(applied)
                .lasting(Duration.ofNanos(nanos))
                .in(session));
    }

    @Override
    public void fullPullForced(DeviceId peer, Session session, @Nullable ModelType model) {
        events.accept(draft(SyncEventType.FULL_PULL_FORCED, "the watermark of " + named(model) + " is too old")
                .with(member(peer))
                .of(model)
                .in(session));
    }

    @Override
    public void pageRequested(DeviceId peer, Session session, @Nullable ModelType model) {
        events.accept(draft(SyncEventType.BACKFILL_REQUEST_SENT, "asks for a page of " + named(model))
                .with(member(peer))
                .of(model)
                .in(session));
    }

    @Override
    public void pageTaken(DeviceId peer, Session session, ModelTally applied) {
        ingestion.add(peer, session.id(), applied, clock.nanos());
        appliedBySession.computeIfPresent(session.id(), (id, sum) -> sum + applied.total());
        flushDue();
    }

    @Override
    public void pageAsked(DeviceId peer, UUID session, @Nullable ModelType model) {
        events.accept(draft(SyncEventType.BACKFILL_REQUEST_RECEIVED, "is asked for a page of " + named(model))
                .with(member(peer))
                .of(model)
                .in(session));
    }

    @Override
    public void pageServed(DeviceId peer, UUID session, ModelTally changes) {
        events.accept(draft(SyncEventType.BACKFILL_RESPONSE_SENT, "a page of " + changes(changes))
                .with(member(peer))
                .of(changes)
                .in(session));
    }

    @Override
    public void requestFailed(DeviceId peer, Fault fault) {
        failed(ErrorKind.NETWORK, fault, peer, null);
    }

    @Override
    public void databaseFailed(@Nullable DeviceId peer, @Nullable ModelType model, Fault fault) {
        failed(ErrorKind.DATABASE, fault, peer, model);
    }

    @Override
    public void otherFailed(@Nullable DeviceId peer, @Nullable ModelType model, Fault fault) {
        failed(ErrorKind.OTHER, fault, peer, model);
    }

    private void failed(ErrorKind kind, Fault fault, @Nullable DeviceId peer, @Nullable ModelType model) {
        events.accept(draft(SyncEventType.SYNC_ERROR, kind.label() + ": " + said(fault))
                .with(member(peer))
                .of(model));
    }

    private void ingested(Ingestion.Sum sum) {
        String summary = count(sum.changes(), sum.model().name() + " record") + " applied";
        events.accept(draft(SyncEventType.BATCH_INGESTION, summary)
                .with(member(sum.peer()))
                .of(sum.model())
                .records(sum.changes())
                .lasting(sum.age(clock.nanos()))
                .in(sum.session()));
    }

    private EventDraft draft(SyncEventType type, String summary) {
        return new EventDraft(type, clock.millis(), summary);
    }

    private @Nullable Member member(@Nullable DeviceId peer) {
        return peer == null ? null : new Member(peer.toString(), names.apply(peer));
    }

    private static String said(Fault fault) {
        return "%s (%s)".formatted(fault.message(), fault.cause());
    }

    private static String named(@Nullable ModelType model) {
        return model == null ? "shared changes" : model.name();
    }

    private static String changes(ModelTally changes) {
        return count(changes.total(), "change");
    }

    private static String count(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }
}
