package io.librarysync.record;

import io.librarysync.domain.ConflictOutcome;
import io.librarysync.domain.DeferReason;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.MessageType;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.PullCandidate;
import io.librarysync.domain.RefusalReason;
import io.librarysync.domain.RejectReason;
import io.librarysync.domain.Route;
import io.librarysync.domain.Session;
import io.librarysync.domain.SyncState;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells two recorders of everything, in the same order. */
final class BothRecorders implements SyncRecorder {
    private final SyncRecorder first;
    private final SyncRecorder second;

    BothRecorders(SyncRecorder first, SyncRecorder second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public long nanos() {
        return first.nanos();
    }

    @Override
    public long millis() {
        return first.millis();
    }

    @Override
    public void stateChanged(SyncState from, SyncState to, String reason) {
        first.stateChanged(from, to, reason);
        second.stateChanged(from, to, reason);
    }

    @Override
    public void illegalTransition(SyncState from, SyncState to, String reason) {
        first.illegalTransition(from, to, reason);
        second.illegalTransition(from, to, reason);
    }

    @Override
    public void peerKnown(DeviceId peer, String name) {
        first.peerKnown(peer, name);
        second.peerKnown(peer, name);
    }

    @Override
    public void peerSeenBefore(DeviceId peer, long atMillis) {
        first.peerSeenBefore(peer, atMillis);
        second.peerSeenBefore(peer, atMillis);
    }

    @Override
    public void peerConnected(DeviceId peer) {
        first.peerConnected(peer);
        second.peerConnected(peer);
    }

    @Override
    public void peerDisconnected(DeviceId peer, String reason) {
        first.peerDisconnected(peer, reason);
        second.peerDisconnected(peer, reason);
    }

    @Override
    public void peerRefused(RefusalReason reason, @Nullable DeviceId peer, Fault fault) {
        first.peerRefused(reason, peer, fault);
        second.peerRefused(reason, peer, fault);
    }

    @Override
    public void frameSent(DeviceId peer, MessageType type, int bytes) {
        first.frameSent(peer, type, bytes);
        second.frameSent(peer, type, bytes);
    }

    @Override
    public void frameReceived(DeviceId peer, MessageType type, int bytes) {
        first.frameReceived(peer, type, bytes);
        second.frameReceived(peer, type, bytes);
    }

    @Override
    public void frameRejected(DeviceId peer, Fault fault) {
        first.frameRejected(peer, fault);
        second.frameRejected(peer, fault);
    }

    @Override
    public void heartbeatAnswered(DeviceId peer, long nanos) {
        first.heartbeatAnswered(peer, nanos);
        second.heartbeatAnswered(peer, nanos);
    }

    @Override
    public void heartbeatMissed(DeviceId peer) {
        first.heartbeatMissed(peer);
        second.heartbeatMissed(peer);
    }

    @Override
    public void changesCommitted(ModelTally changes, @Nullable Hlc newest) {
        first.changesCommitted(changes, newest);
        second.changesCommitted(changes, newest);
    }

    @Override
    public void changesDeferred(DeferReason reason, ModelTally changes) {
        first.changesDeferred(reason, changes);
        second.changesDeferred(reason, changes);
    }

    @Override
    public void batchDispatched(ModelTally changes, long atMillis) {
        first.batchDispatched(changes, atMillis);
        second.batchDispatched(changes, atMillis);
    }

    @Override
    public void batchSettled(long nanos) {
        first.batchSettled(nanos);
        second.batchSettled(nanos);
    }

    @Override
    public void batchAddressed(DeviceId peer, ModelTally changes, long atMillis) {
        first.batchAddressed(peer, changes, atMillis);
        second.batchAddressed(peer, changes, atMillis);
    }

    @Override
    public void batchDelivered(DeviceId peer, ModelTally changes) {
        first.batchDelivered(peer, changes);
        second.batchDelivered(peer, changes);
    }

    @Override
    public void batchUndelivered(DeviceId peer, ModelTally changes) {
        first.batchUndelivered(peer, changes);
        second.batchUndelivered(peer, changes);
    }

    @Override
    public void broadcastFailed(DeviceId peer, Fault fault) {
        first.broadcastFailed(peer, fault);
        second.broadcastFailed(peer, fault);
    }

    @Override
    public void retryEnqueued(DeviceId peer) {
        first.retryEnqueued(peer);
        second.retryEnqueued(peer);
    }

    @Override
    public void retryOverflowed(DeviceId peer) {
        first.retryOverflowed(peer);
        second.retryOverflowed(peer);
    }

    @Override
    public void retryAttempted(DeviceId peer, long atMillis) {
        first.retryAttempted(peer, atMillis);
        second.retryAttempted(peer, atMillis);
    }

    @Override
    public void retrySucceeded(DeviceId peer) {
        first.retrySucceeded(peer);
        second.retrySucceeded(peer);
    }

    @Override
    public void retryFailed(DeviceId peer, Fault fault) {
        first.retryFailed(peer, fault);
        second.retryFailed(peer, fault);
    }

    @Override
    public void retryExhausted(DeviceId peer) {
        first.retryExhausted(peer);
        second.retryExhausted(peer);
    }

    @Override
    public void retrySuperseded(DeviceId peer) {
        first.retrySuperseded(peer);
        second.retrySuperseded(peer);
    }

    @Override
    public void changesReceived(DeviceId peer, Route route, ModelTally changes) {
        first.changesReceived(peer, route, changes);
        second.changesReceived(peer, route, changes);
    }

    @Override
    public void changesRedelivered(DeviceId peer, ModelTally changes) {
        first.changesRedelivered(peer, changes);
        second.changesRedelivered(peer, changes);
    }

    @Override
    public void changeApplied(DeviceId peer, ModelType model, long nanos, long ownerMillis, long atMillis) {
        first.changeApplied(peer, model, nanos, ownerMillis, atMillis);
        second.changeApplied(peer, model, nanos, ownerMillis, atMillis);
    }

    @Override
    public void stampApplied(DeviceId peer, Hlc highest) {
        first.stampApplied(peer, highest);
        second.stampApplied(peer, highest);
    }

    @Override
    public void changeRejected(DeviceId peer, ModelType model, RejectReason reason, @Nullable Fault fault) {
        first.changeRejected(peer, model, reason, fault);
        second.changeRejected(peer, model, reason, fault);
    }

    @Override
    public void bufferOverflowed(DeviceId peer, ModelTally changes) {
        first.bufferOverflowed(peer, changes);
        second.bufferOverflowed(peer, changes);
    }

    @Override
    public void gapDetected(DeviceId peer) {
        first.gapDetected(peer);
        second.gapDetected(peer);
    }

    @Override
    public void dependenciesStuck(ModelTally waiting, long millis) {
        first.dependenciesStuck(waiting, millis);
        second.dependenciesStuck(waiting, millis);
    }

    @Override
    public void messageRolledBack(DeviceId peer, ModelTally changes, Fault fault) {
        first.messageRolledBack(peer, changes, fault);
        second.messageRolledBack(peer, changes, fault);
    }

    @Override
    public void conflictSettled(DeviceId peer, ModelType model, ConflictOutcome outcome) {
        first.conflictSettled(peer, model, outcome);
        second.conflictSettled(peer, model, outcome);
    }

    @Override
    public void ancestorLate(DeviceId peer, ModelType model) {
        first.ancestorLate(peer, model);
        second.ancestorLate(peer, model);
    }

    @Override
    public void peerSelected(DeviceId peer, Session session, List<PullCandidate> candidates) {
        first.peerSelected(peer, session, candidates);
        second.peerSelected(peer, session, candidates);
    }

    @Override
    public void sessionOpened(DeviceId peer, Session session, long atMillis) {
        first.sessionOpened(peer, session, atMillis);
        second.sessionOpened(peer, session, atMillis);
    }

    @Override
    public void sessionClosed(DeviceId peer, Session session, @Nullable Fault fault, long nanos, long atMillis) {
        first.sessionClosed(peer, session, fault, nanos, atMillis);
        second.sessionClosed(peer, session, fault, nanos, atMillis);
    }

    @Override
    public void pullBegun(DeviceId peer, boolean full) {
        first.pullBegun(peer, full);
        second.pullBegun(peer, full);
    }

    @Override
    public void fullPullForced(DeviceId peer, Session session, @Nullable ModelType model) {
        first.fullPullForced(peer, session, model);
        second.fullPullForced(peer, session, model);
    }

    @Override
    public void pageRequested(DeviceId peer, Session session, @Nullable ModelType model) {
        first.pageRequested(peer, session, model);
        second.pageRequested(peer, session, model);
    }

    @Override
    public void pageReceived(DeviceId peer, long nanos) {
        first.pageReceived(peer, nanos);
        second.pageReceived(peer, nanos);
    }

    @Override
    public void pageTaken(DeviceId peer, Session session, ModelTally applied) {
        first.pageTaken(peer, session, applied);
        second.pageTaken(peer, session, applied);
    }

    @Override
    public void pageAsked(DeviceId peer, UUID session, @Nullable ModelType model) {
        first.pageAsked(peer, session, model);
        second.pageAsked(peer, session, model);
    }

    @Override
    public void pageServed(DeviceId peer, UUID session, ModelTally changes) {
        first.pageServed(peer, session, changes);
        second.pageServed(peer, session, changes);
    }

    @Override
    public void requestFailed(DeviceId peer, Fault fault) {
        first.requestFailed(peer, fault);
        second.requestFailed(peer, fault);
    }

    @Override
    public void ackSent(DeviceId peer) {
        first.ackSent(peer);
        second.ackSent(peer);
    }

    @Override
    public void ackReceived(DeviceId peer) {
        first.ackReceived(peer);
        second.ackReceived(peer);
    }

    @Override
    public void logAppended(int rows) {
        first.logAppended(rows);
        second.logAppended(rows);
    }

    @Override
    public void logPruned(int rows) {
        first.logPruned(rows);
        second.logPruned(rows);
    }

    @Override
    public void stampMerged(DeviceId peer, long driftMillis, long counter) {
        first.stampMerged(peer, driftMillis, counter);
        second.stampMerged(peer, driftMillis, counter);
    }

    @Override
    public void clockTicked(long counter) {
        first.clockTicked(counter);
        second.clockTicked(counter);
    }

    @Override
    public void watermarksRestored(long newestOwnerMillis, @Nullable Hlc highest) {
        first.watermarksRestored(newestOwnerMillis, highest);
        second.watermarksRestored(newestOwnerMillis, highest);
    }

    @Override
    public void queryRun(long nanos) {
        first.queryRun(nanos);
        second.queryRun(nanos);
    }

    @Override
    public void databaseFailed(@Nullable DeviceId peer, @Nullable ModelType model, Fault fault) {
        first.databaseFailed(peer, model, fault);
        second.databaseFailed(peer, model, fault);
    }

    @Override
    public void otherFailed(@Nullable DeviceId peer, @Nullable ModelType model, Fault fault) {
        first.otherFailed(peer, model, fault);
        second.otherFailed(peer, model, fault);
    }
}
