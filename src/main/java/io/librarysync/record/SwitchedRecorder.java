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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A recorder that can be turned on and off while work is going on. Off is {@link SyncRecorder#disabled()}: no clock is read
 * and nothing is counted; callers have no condition of their own. While every recorder of the process is off, calls are compiled
 * away.
 */
public final class SwitchedRecorder implements SyncRecorder {
    private final Supplier<SyncRecorder> live;
    private volatile SyncRecorder current;

    /**
     * @param live makes what records, anew whenever it is turned on, so that work which lasts can tell that recording was not
     *     the same all the while
     */
    public SwitchedRecorder(Supplier<SyncRecorder> live, boolean on) {
        this.live = live;
        this.current = SyncRecorder.disabled();
        turn(on);
    }

    public synchronized void turn(boolean on) {
        if (on && !isOn()) {
            AnyRecorder.turnedOn();
            current = live.get();
        } else if (!on && isOn()) {
            current = SyncRecorder.disabled();
            AnyRecorder.turnedOff();
        }
    }

    public boolean isOn() {
        return current != SyncRecorder.disabled();
    }

    @Override
    public SyncRecorder current() {
        return AnyRecorder.isOn() ? current : SyncRecorder.disabled();
    }

    @Override
    public long nanos() {
        return current().nanos();
    }

    @Override
    public long millis() {
        return current().millis();
    }

    @Override
    public void stateChanged(SyncState from, SyncState to, String reason) {
        current().stateChanged(from, to, reason);
    }

    @Override
    public void illegalTransition(SyncState from, SyncState to, String reason) {
        current().illegalTransition(from, to, reason);
    }

    @Override
    public void peerKnown(DeviceId peer, String name) {
        current().peerKnown(peer, name);
    }

    @Override
    public void peerSeenBefore(DeviceId peer, long atMillis) {
        current().peerSeenBefore(peer, atMillis);
    }

    @Override
    public void peerConnected(DeviceId peer) {
        current().peerConnected(peer);
    }

    @Override
    public void peerDisconnected(DeviceId peer, String reason) {
        current().peerDisconnected(peer, reason);
    }

    @Override
    public void peerRefused(RefusalReason reason, @Nullable DeviceId peer, Fault fault) {
        current().peerRefused(reason, peer, fault);
    }

    @Override
    public void frameSent(DeviceId peer, MessageType type, int bytes) {
        current().frameSent(peer, type, bytes);
    }

    @Override
    public void frameReceived(DeviceId peer, MessageType type, int bytes) {
        current().frameReceived(peer, type, bytes);
    }

    @Override
    public void frameRejected(DeviceId peer, Fault fault) {
        current().frameRejected(peer, fault);
    }

    @Override
    public void heartbeatAnswered(DeviceId peer, long nanos) {
        current().heartbeatAnswered(peer, nanos);
    }

    @Override
    public void heartbeatMissed(DeviceId peer) {
        current().heartbeatMissed(peer);
    }

    @Override
    public void changesCommitted(ModelTally changes, @Nullable Hlc newest) {
        current().changesCommitted(changes, newest);
    }

    @Override
    public void changesDeferred(DeferReason reason, ModelTally changes) {
        current().changesDeferred(reason, changes);
    }

    @Override
    public void batchDispatched(ModelTally changes, long atMillis) {
        current().batchDispatched(changes, atMillis);
    }

    @Override
    public void batchSettled(long nanos) {
        current().batchSettled(nanos);
    }

    @Override
    public void batchAddressed(DeviceId peer, ModelTally changes, long atMillis) {
        current().batchAddressed(peer, changes, atMillis);
    }

    @Override
    public void batchDelivered(DeviceId peer, ModelTally changes) {
        current().batchDelivered(peer, changes);
    }

    @Override
    public void batchUndelivered(DeviceId peer, ModelTally changes) {
        current().batchUndelivered(peer, changes);
    }

    @Override
    public void broadcastFailed(DeviceId peer, Fault fault) {
        current().broadcastFailed(peer, fault);
    }

    @Override
    public void retryEnqueued(DeviceId peer) {
        current().retryEnqueued(peer);
    }

    @Override
    public void retryOverflowed(DeviceId peer) {
        current().retryOverflowed(peer);
    }

    @Override
    public void retryAttempted(DeviceId peer, long atMillis) {
        current().retryAttempted(peer, atMillis);
    }

    @Override
    public void retrySucceeded(DeviceId peer) {
        current().retrySucceeded(peer);
    }

    @Override
    public void retryFailed(DeviceId peer, Fault fault) {
        current().retryFailed(peer, fault);
    }

    @Override
    public void retryExhausted(DeviceId peer) {
        current().retryExhausted(peer);
    }

    @Override
    public void retrySuperseded(DeviceId peer) {
        current().retrySuperseded(peer);
    }

    @Override
    public void changesReceived(DeviceId peer, Route route, ModelTally changes) {
        current().changesReceived(peer, route, changes);
    }

    @Override
    public void changesRedelivered(DeviceId peer, ModelTally changes) {
        current().changesRedelivered(peer, changes);
    }

    @Override
    public void changeApplied(DeviceId peer, ModelType model, long nanos, long ownerMillis, long atMillis) {
        current().changeApplied(peer, model, nanos, ownerMillis, atMillis);
    }

    @Override
    public void stampApplied(DeviceId peer, Hlc highest) {
        current().stampApplied(peer, highest);
    }

    @Override
    public void changeRejected(DeviceId peer, ModelType model, RejectReason reason, @Nullable Fault fault) {
        current().changeRejected(peer, model, reason, fault);
    }

    @Override
    public void bufferOverflowed(DeviceId peer, ModelTally changes) {
        current().bufferOverflowed(peer, changes);
    }

    @Override
    public void gapDetected(DeviceId peer) {
        current().gapDetected(peer);
    }

    @Override
    public void dependenciesStuck(ModelTally waiting, long millis) {
        current().dependenciesStuck(waiting, millis);
    }

    @Override
    public void messageRolledBack(DeviceId peer, ModelTally changes, Fault fault) {
        current().messageRolledBack(peer, changes, fault);
    }

    @Override
    public void conflictSettled(DeviceId peer, ModelType model, ConflictOutcome outcome) {
        current().conflictSettled(peer, model, outcome);
    }

    @Override
    public void ancestorLate(DeviceId peer, ModelType model) {
        current().ancestorLate(peer, model);
    }

    @Override
    public void peerSelected(DeviceId peer, Session session, List<PullCandidate> candidates) {
        current().peerSelected(peer, session, candidates);
    }

    @Override
    public void sessionOpened(DeviceId peer, Session session, long atMillis) {
        current().sessionOpened(peer, session, atMillis);
    }

    @Override
    public void sessionClosed(DeviceId peer, Session session, @Nullable Fault fault, long nanos, long atMillis) {
        current().sessionClosed(peer, session, fault, nanos, atMillis);
    }

    @Override
    public void pullBegun(DeviceId peer, boolean full) {
        current().pullBegun(peer, full);
    }

    @Override
    public void fullPullForced(DeviceId peer, Session session, @Nullable ModelType model) {
        current().fullPullForced(peer, session, model);
    }

    @Override
    public void pageRequested(DeviceId peer, Session session, @Nullable ModelType model) {
        current().pageRequested(peer, session, model);
    }

    @Override
    public void pageReceived(DeviceId peer, long nanos) {
        current().pageReceived(peer, nanos);
    }

    @Override
    public void pageTaken(DeviceId peer, Session session, ModelTally applied) {
        current().pageTaken(peer, session, applied);
    }

    @Override
    public void pageAsked(DeviceId peer, UUID session, @Nullable ModelType model) {
        current().pageAsked(peer, session, model);
    }

    @Override
    public void pageServed(DeviceId peer, UUID session, ModelTally changes) {
        current().pageServed(peer, session, changes);
    }

    @Override
    public void requestFailed(DeviceId peer, Fault fault) {
        current().requestFailed(peer, fault);
    }

    @Override
    public void ackSent(DeviceId peer) {
        current().ackSent(peer);
    }

    @Override
    public void ackReceived(DeviceId peer) {
        current().ackReceived(peer);
    }

    @Override
    public void logAppended(int rows) {
        current().logAppended(rows);
    }

    @Override
    public void logPruned(int rows) {
        current().logPruned(rows);
    }

    @Override
    public void stampMerged(DeviceId peer, long driftMillis, long counter) {
        current().stampMerged(peer, driftMillis, counter);
    }

    @Override
    public void clockTicked(long counter) {
        current().clockTicked(counter);
    }

    @Override
    public void watermarksRestored(long newestOwnerMillis, @Nullable Hlc highest) {
        current().watermarksRestored(newestOwnerMillis, highest);
    }

    @Override
    public void queryRun(long nanos) {
        current().queryRun(nanos);
    }

    @Override
    public void databaseFailed(@Nullable DeviceId peer, @Nullable ModelType model, Fault fault) {
        current().databaseFailed(peer, model, fault);
    }

    @Override
    public void otherFailed(@Nullable DeviceId peer, @Nullable ModelType model, Fault fault) {
        current().otherFailed(peer, model, fault);
    }
}
