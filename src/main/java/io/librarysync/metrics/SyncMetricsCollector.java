package io.librarysync.metrics;

import io.librarysync.domain.ConflictOutcome;
import io.librarysync.domain.DeferReason;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ErrorKind;
import io.librarysync.domain.Fault;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.MessageType;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RefusalReason;
import io.librarysync.domain.RejectReason;
import io.librarysync.domain.Route;
import io.librarysync.domain.Session;
import io.librarysync.domain.SyncClock;
import io.librarysync.domain.SyncState;
import io.librarysync.instrument.OwnStripes;
import io.librarysync.metrics.LinkCells.OfBoth;
import io.librarysync.metrics.LinkCells.OfModel;
import io.librarysync.metrics.LinkCells.OfPeer;
import io.librarysync.record.SyncRecorder;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Turns what sync reports into counts. One event may move several cells, always in the same order: what came in before what
 * became of it.
 */
final class SyncMetricsCollector implements SyncRecorder {
    private static final int PEERS = 1024;
    private static final String OTHER = "other";
    private static final DeviceId OTHER_PEER = new DeviceId(new UUID(0, 0));
    private static final long NO_DRIFT = Long.MIN_VALUE;

    private final SyncClock clock;
    private final SyncCells cells;
    private final OwnStripes stripes;
    private final String self;
    private final TransitionListener transitions;
    private final Errors errors;
    private final AtomicReference<StateTimeline> timeline;
    private final LabelCap peerCap = new LabelCap(PEERS);
    private final Map<DeviceId, LinkCells> links = new ConcurrentHashMap<>();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Map<String, Hlc> stamps = new ConcurrentHashMap<>();
    private final AtomicLong drift = new AtomicLong(NO_DRIFT);

    SyncMetricsCollector(SyncClock clock, SyncCells cells, String self, TransitionListener transitions) {
        this.clock = clock;
        this.cells = cells;
        this.stripes = cells.registry().ownStripes();
        this.self = self;
        this.transitions = transitions;
        this.errors = new Errors(clock, cells.errors.errorsByCause);
        this.timeline = new AtomicReference<>(startingIn(SyncState.UNINITIALIZED));
    }

    StateTimeline timeline() {
        return Objects.requireNonNull(timeline.get());
    }

    /** Begins a new timeline where the old one was not recorded. */
    void restartTimeline(SyncState state) {
        timeline.set(startingIn(state));
    }

    Errors errors() {
        return errors;
    }

    Map<String, String> names() {
        return names;
    }

    Map<String, Hlc> stamps() {
        return stamps;
    }

    @Nullable
    Long driftMillis() {
        long last = drift.get();
        return last == NO_DRIFT ? null : last;
    }

    @Override
    public long nanos() {
        return clock.nanos();
    }

    @Override
    public long millis() {
        return clock.millis();
    }

    @Override
    public void stateChanged(SyncState from, SyncState to, String reason) {
        long millis = clock.millis();
        long nanos = clock.nanos();
        timeline.updateAndGet(now -> (now.current() == from ? now : now.correctedTo(from, millis, nanos))
                .transitionTo(to, reason, millis, nanos));
        transitions.transitioned(new StateTransition(from.label(), to.label(), millis, reason));
    }

    @Override
    public void illegalTransition(SyncState from, SyncState to, String reason) {
        cells.state.illegalTransitions.at().increment();
    }

    @Override
    public void peerKnown(DeviceId peer, String name) {
        names.put(link(peer).peer(), name);
    }

    @Override
    public void peerSeenBefore(DeviceId peer, long atMillis) {
        link(peer).lastSeen.offer(atMillis);
    }

    @Override
    public void peerRefused(RefusalReason reason, @Nullable DeviceId peer, Fault fault) {
        cells.operations.peersRefused.at(reason.label()).increment();
        errors.add(ErrorKind.VALIDATION, fault, peer == null ? null : peer.toString(), null);
    }

    @Override
    public void frameSent(DeviceId peer, MessageType type, int bytes) {
        LinkCells link = link(peer);
        link.framesSent.of(type).increment();
        link.bytesSent.add(bytes);
    }

    @Override
    public void frameReceived(DeviceId peer, MessageType type, int bytes) {
        LinkCells link = link(peer);
        link.framesReceived.of(type).increment();
        link.bytesReceived.add(bytes);
        link.lastSeen.offer(clock.millis());
    }

    @Override
    public void frameRejected(DeviceId peer, Fault fault) {
        link(peer).counters.of(OfPeer.FRAMES_REJECTED).increment();
        failed(ErrorKind.VALIDATION, fault, peer, null);
    }

    @Override
    public void heartbeatAnswered(DeviceId peer, long nanos) {
        link(peer).rtt.record(nanos);
    }

    @Override
    public void heartbeatMissed(DeviceId peer) {
        link(peer).counters.of(OfPeer.HEARTBEATS_MISSED).increment();
    }

    @Override
    public void changesCommitted(ModelTally changes, @Nullable Hlc newest) {
        for (int part = 0; part < changes.size(); part++) {
            cells.own(changes.model(part)).committed.add(changes.changes(part));
        }
        if (newest != null) {
            raise(self, newest);
        }
    }

    @Override
    public void changesDeferred(DeferReason reason, ModelTally changes) {
        for (int part = 0; part < changes.size(); part++) {
            cells.own(changes.model(part)).deferred.of(reason).add(changes.changes(part));
        }
    }

    @Override
    public void batchDispatched(ModelTally changes, long atMillis) {
        for (int part = 0; part < changes.size(); part++) {
            OwnCells own = cells.own(changes.model(part));
            own.broadcast.add(changes.changes(part));
            own.batches.increment();
            own.lastSync.offer(atMillis);
        }
        cells.operations.batches.increment();
    }

    @Override
    public void batchSettled(long nanos) {
        cells.performance.broadcastLatency.record(nanos);
    }

    @Override
    public void batchAddressed(DeviceId peer, ModelTally changes, long atMillis) {
        LinkCells link = link(peer);
        for (int part = 0; part < changes.size(); part++) {
            OfModel model = of(link, changes.model(part));
            model.counters.of(OfBoth.ADDRESSED).add(changes.changes(part));
            model.counters.of(OfBoth.BATCHES).increment();
        }
        link.batches.increment();
        link.lastAttempt.offer(atMillis);
    }

    @Override
    public void batchDelivered(DeviceId peer, ModelTally changes) {
        LinkCells link = link(peer);
        for (int part = 0; part < changes.size(); part++) {
            of(link, changes.model(part)).counters.of(OfBoth.DELIVERED).add(changes.changes(part));
        }
    }

    @Override
    public void batchUndelivered(DeviceId peer, ModelTally changes) {
        LinkCells link = link(peer);
        for (int part = 0; part < changes.size(); part++) {
            of(link, changes.model(part)).counters.of(OfBoth.UNDELIVERED).add(changes.changes(part));
        }
    }

    @Override
    public void broadcastFailed(DeviceId peer, Fault fault) {
        link(peer).counters.of(OfPeer.FAILED_BROADCASTS).increment();
        failed(ErrorKind.NETWORK, fault, peer, null);
    }

    @Override
    public void retryEnqueued(DeviceId peer) {
        link(peer).counters.of(OfPeer.RETRY_ENQUEUED).increment();
    }

    @Override
    public void retryOverflowed(DeviceId peer) {
        link(peer).counters.of(OfPeer.RETRY_OVERFLOW).increment();
    }

    @Override
    public void retryAttempted(DeviceId peer, long atMillis) {
        LinkCells link = link(peer);
        link.counters.of(OfPeer.RETRY_ATTEMPTS).increment();
        link.lastAttempt.offer(atMillis);
    }

    @Override
    public void retrySucceeded(DeviceId peer) {
        link(peer).counters.of(OfPeer.RETRY_SUCCESSES).increment();
    }

    @Override
    public void retryFailed(DeviceId peer, Fault fault) {
        link(peer).counters.of(OfPeer.RETRY_FAILURES).increment();
        failed(ErrorKind.NETWORK, fault, peer, null);
    }

    @Override
    public void retryExhausted(DeviceId peer) {
        link(peer).counters.of(OfPeer.RETRY_EXHAUSTED).increment();
    }

    @Override
    public void retrySuperseded(DeviceId peer) {
        link(peer).counters.of(OfPeer.RETRY_SUPERSEDED).increment();
    }

    @Override
    public void changesReceived(DeviceId peer, Route route, ModelTally changes) {
        Hand hand = hand();
        for (int part = 0; part < changes.size(); part++) {
            of(hand, peer, changes.model(part)).received.of(route).add(hand.stripe(), changes.changes(part));
        }
    }

    @Override
    public void changesRedelivered(DeviceId peer, ModelTally changes) {
        LinkCells link = link(peer);
        for (int part = 0; part < changes.size(); part++) {
            of(link, changes.model(part)).counters.of(OfBoth.REDELIVERED).add(changes.changes(part));
        }
    }

    @Override
    public void changeApplied(DeviceId peer, ModelType model, long nanos, long ownerMillis, long atMillis) {
        Hand hand = hand();
        OfModel ofModel = of(hand, peer, model);
        ofModel.applied.add(hand.stripe(), 1);
        ofModel.applyLatency.record(hand.stripe(), nanos);
        if (!model.isShared()) {
            ofModel.stateWatermark.offer(ownerMillis);
        }
        ofModel.lastSync.offer(atMillis);
        ofModel.link.lastSync.offer(atMillis);
    }

    @Override
    public void stampApplied(DeviceId peer, Hlc highest) {
        raise(link(peer).peer(), highest);
    }

    @Override
    public void changeRejected(DeviceId peer, ModelType model, RejectReason reason, @Nullable Fault fault) {
        of(link(peer), model).rejected.of(reason).increment();
        if (reason.errorKind().isPresent()) {
            failed(reason.errorKind().get(), faultOf(reason, fault), peer, model);
        }
    }

    @Override
    public void messageRolledBack(DeviceId peer, ModelTally changes, Fault fault) {
        LinkCells link = link(peer);
        for (int part = 0; part < changes.size(); part++) {
            of(link, changes.model(part)).rejected.of(RejectReason.ROLLED_BACK).add(changes.changes(part));
        }
        databaseFailed(peer, null, fault);
    }

    @Override
    public void conflictSettled(DeviceId peer, ModelType model, ConflictOutcome outcome) {
        of(link(peer), model).conflicts.of(outcome).increment();
    }

    @Override
    public void ancestorLate(DeviceId peer, ModelType model) {
        of(link(peer), model).counters.of(OfBoth.ANCESTORS_LATE).increment();
    }

    @Override
    public void sessionOpened(DeviceId peer, Session session, long atMillis) {
        LinkCells link = link(peer);
        link.sessionsStarted.of(session.kind()).increment();
        link.lastAttempt.offer(atMillis);
    }

    @Override
    public void sessionClosed(DeviceId peer, Session session, @Nullable Fault fault, long nanos, long atMillis) {
        LinkCells link = link(peer);
        boolean completed = fault == null;
        (completed ? link.sessionsCompleted : link.sessionsFailed)
                .of(session.kind())
                .increment();
        link.sessionDuration.record(nanos);
        if (completed) {
            link.lastSync.offer(atMillis);
        }
    }

    @Override
    public void pullBegun(DeviceId peer, boolean full) {
        LinkCells link = link(peer);
        link.counters.of(full ? OfPeer.PULLS_FULL : OfPeer.PULLS_INCREMENTAL).increment();
    }

    @Override
    public void pageReceived(DeviceId peer, long nanos) {
        LinkCells link = link(peer);
        link.counters.of(OfPeer.PAGINATION_ROUNDS).increment();
        link.pageLatency.record(nanos);
    }

    @Override
    public void pageServed(DeviceId peer, UUID session, ModelTally changes) {
        LinkCells link = link(peer);
        link.counters.of(OfPeer.PAGES_SERVED).increment();
        for (int part = 0; part < changes.size(); part++) {
            of(link, changes.model(part)).counters.of(OfBoth.SERVED).add(changes.changes(part));
        }
    }

    @Override
    public void requestFailed(DeviceId peer, Fault fault) {
        link(peer).counters.of(OfPeer.REQUESTS_FAILED).increment();
        failed(ErrorKind.NETWORK, fault, peer, null);
    }

    @Override
    public void ackSent(DeviceId peer) {
        link(peer).counters.of(OfPeer.ACKS_SENT).increment();
    }

    @Override
    public void ackReceived(DeviceId peer) {
        link(peer).counters.of(OfPeer.ACKS_RECEIVED).increment();
    }

    @Override
    public void logAppended(int rows) {
        cells.operations.logAppended.add(rows);
    }

    @Override
    public void logPruned(int rows) {
        cells.operations.logPruned.add(rows);
    }

    @Override
    public void stampMerged(DeviceId peer, long driftMillis, long counter) {
        drift.set(driftMillis);
        cells.performance.driftMaxAbs.offer(Math.abs(driftMillis));
        cells.performance.counterMax.offer(counter);
    }

    @Override
    public void clockTicked(long counter) {
        cells.performance.counterMax.offer(counter);
    }

    @Override
    public void watermarksRestored(long newestOwnerMillis, @Nullable Hlc highest) {
        if (newestOwnerMillis > 0) {
            cells.performance.stateWatermark.at("", "").offer(newestOwnerMillis);
        }
        if (highest != null) {
            raise(self, highest);
        }
    }

    @Override
    public void queryRun(long nanos) {
        cells.performance.dbQueryDuration.record(nanos);
    }

    @Override
    public void databaseFailed(@Nullable DeviceId peer, @Nullable ModelType model, Fault fault) {
        cells.errors.databaseErrors.at(label(peer), label(model)).increment();
        failed(ErrorKind.DATABASE, fault, peer, model);
    }

    @Override
    public void otherFailed(@Nullable DeviceId peer, @Nullable ModelType model, Fault fault) {
        cells.errors.otherErrors.at(label(peer), label(model)).increment();
        failed(ErrorKind.OTHER, fault, peer, model);
    }

    private void failed(ErrorKind kind, Fault fault, @Nullable DeviceId peer, @Nullable ModelType model) {
        errors.add(kind, fault, emptyAsNull(label(peer)), emptyAsNull(label(model)));
    }

    private static Fault faultOf(RejectReason reason, @Nullable Fault fault) {
        return fault != null ? fault : new Fault(reason.label(), "rejected as " + reason.label());
    }

    private void raise(String device, Hlc stamp) {
        stamps.merge(device, stamp, (known, candidate) -> candidate.compareTo(known) > 0 ? candidate : known);
    }

    private LinkCells link(DeviceId peer) {
        LinkCells known = links.get(peer);
        return known != null ? known : newLink(peer);
    }

    private LinkCells newLink(DeviceId peer) {
        String label = peer.toString();
        if (peerCap.admits(label)) {
            return links.computeIfAbsent(peer, id -> new LinkCells(cells, id, label));
        }
        cells.errors.labelOverflow.increment();
        return links.computeIfAbsent(OTHER_PEER, id -> new LinkCells(cells, id, OTHER));
    }

    private Hand hand() {
        return Hand.of(stripes.get());
    }

    private OfModel of(Hand hand, DeviceId peer, ModelType model) {
        OfModel known = hand.find(peer, model);
        return known != null ? known : found(hand, peer, model);
    }

    private OfModel found(Hand hand, DeviceId peer, ModelType model) {
        OfModel ofModel = of(link(peer), model);
        hand.keep(peer, model, ofModel);
        return ofModel;
    }

    private OfModel of(LinkCells link, ModelType model) {
        return link.of(cells.admitted(model));
    }

    private String label(@Nullable DeviceId peer) {
        return peer == null ? "" : link(peer).peer();
    }

    private String label(@Nullable ModelType model) {
        return model == null ? "" : cells.admitted(model).name();
    }

    private static @Nullable String emptyAsNull(String label) {
        return label.isEmpty() ? null : label;
    }

    private StateTimeline startingIn(SyncState state) {
        return StateTimeline.startingIn(state, clock.millis(), clock.nanos());
    }
}
