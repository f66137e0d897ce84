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
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what goes wrong in metrics away from sync: told, logged once, then swallowed. */
final class GuardedRecorder implements SyncRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedRecorder.class);

    private final SyncRecorder delegate;
    private final Runnable failed;
    private final AtomicBoolean logged = new AtomicBoolean();

    GuardedRecorder(SyncRecorder delegate, Runnable failed) {
        this.delegate = delegate;
        this.failed = failed;
    }

    @Override
    public long nanos() {
        return delegate.nanos();
    }

    @Override
    public long millis() {
        return delegate.millis();
    }

    @Override
    public void stateChanged(SyncState from, SyncState to, String reason) {
        try {
            delegate.stateChanged(from, to, reason);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void illegalTransition(SyncState from, SyncState to, String reason) {
        try {
            delegate.illegalTransition(from, to, reason);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void peerKnown(DeviceId peer, String name) {
        try {
            delegate.peerKnown(peer, name);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void peerSeenBefore(DeviceId peer, long atMillis) {
        try {
            delegate.peerSeenBefore(peer, atMillis);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void peerConnected(DeviceId peer) {
        try {
            delegate.peerConnected(peer);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void peerDisconnected(DeviceId peer, String reason) {
        try {
            delegate.peerDisconnected(peer, reason);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void peerRefused(RefusalReason reason, @Nullable DeviceId peer, Fault fault) {
        try {
            delegate.peerRefused(reason, peer, fault);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void frameSent(DeviceId peer, MessageType type, int bytes) {
        try {
            delegate.frameSent(peer, type, bytes);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void frameReceived(DeviceId peer, MessageType type, int bytes) {
        try {
            delegate.frameReceived(peer, type, bytes);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void frameRejected(DeviceId peer, Fault fault) {
        try {
            delegate.frameRejected(peer, fault);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void heartbeatAnswered(DeviceId peer, long nanos) {
        try {
            delegate.heartbeatAnswered(peer, nanos);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void heartbeatMissed(DeviceId peer) {
        try {
            delegate.heartbeatMissed(peer);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void changesCommitted(ModelTally changes, @Nullable Hlc newest) {
        try {
            delegate.changesCommitted(changes, newest);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void changesDeferred(DeferReason reason, ModelTally changes) {
        try {
            delegate.changesDeferred(reason, changes);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void batchDispatched(ModelTally changes, long atMillis) {
        try {
            delegate.batchDispatched(changes, atMillis);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void batchSettled(long nanos) {
        try {
            delegate.batchSettled(nanos);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void batchAddressed(DeviceId peer, ModelTally changes, long atMillis) {
        try {
            delegate.batchAddressed(peer, changes, atMillis);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void batchDelivered(DeviceId peer, ModelTally changes) {
        try {
            delegate.batchDelivered(peer, changes);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void batchUndelivered(DeviceId peer, ModelTally changes) {
        try {
            delegate.batchUndelivered(peer, changes);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void broadcastFailed(DeviceId peer, Fault fault) {
        try {
            delegate.broadcastFailed(peer, fault);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void retryEnqueued(DeviceId peer) {
        try {
            delegate.retryEnqueued(peer);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void retryOverflowed(DeviceId peer) {
        try {
            delegate.retryOverflowed(peer);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void retryAttempted(DeviceId peer, long atMillis) {
        try {
            delegate.retryAttempted(peer, atMillis);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void retrySucceeded(DeviceId peer) {
        try {
            delegate.retrySucceeded(peer);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void retryFailed(DeviceId peer, Fault fault) {
        try {
            delegate.retryFailed(peer, fault);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void retryExhausted(DeviceId peer) {
        try {
            delegate.retryExhausted(peer);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void retrySuperseded(DeviceId peer) {
        try {
            delegate.retrySuperseded(peer);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void changesReceived(DeviceId peer, Route route, ModelTally changes) {
        try {
            delegate.changesReceived(peer, route, changes);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void changesRedelivered(DeviceId peer, ModelTally changes) {
        try {
            delegate.changesRedelivered(peer, changes);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void changeApplied(DeviceId peer, ModelType model, long nanos, long ownerMillis, long atMillis) {
        try {
            delegate.changeApplied(peer, model, nanos, ownerMillis, atMillis);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void stampApplied(DeviceId peer, Hlc highest) {
        try {
            delegate.stampApplied(peer, highest);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void changeRejected(DeviceId peer, ModelType model, RejectReason reason, @Nullable Fault fault) {
        try {
            delegate.changeRejected(peer, model, reason, fault);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void bufferOverflowed(DeviceId peer, ModelTally changes) {
        try {
            delegate.bufferOverflowed(peer, changes);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void gapDetected(DeviceId peer) {
        try {
            delegate.gapDetected(peer);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void dependenciesStuck(ModelTally waiting, long millis) {
        try {
            delegate.dependenciesStuck(waiting, millis);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void messageRolledBack(DeviceId peer, ModelTally changes, Fault fault) {
        try {
            delegate.messageRolledBack(peer, changes, fault);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void conflictSettled(DeviceId peer, ModelType model, ConflictOutcome outcome) {
        try {
            delegate.conflictSettled(peer, model, outcome);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void ancestorLate(DeviceId peer, ModelType model) {
        try {
            delegate.ancestorLate(peer, model);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void peerSelected(DeviceId peer, Session session, List<PullCandidate> candidates) {
        try {
            delegate.peerSelected(peer, session, candidates);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void sessionOpened(DeviceId peer, Session session, long atMillis) {
        try {
            delegate.sessionOpened(peer, session, atMillis);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void sessionClosed(DeviceId peer, Session session, @Nullable Fault fault, long nanos, long atMillis) {
        try {
            delegate.sessionClosed(peer, session, fault, nanos, atMillis);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void pullBegun(DeviceId peer, boolean full) {
        try {
            delegate.pullBegun(peer, full);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void fullPullForced(DeviceId peer, Session session, @Nullable ModelType model) {
        try {
            delegate.fullPullForced(peer, session, model);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void pageRequested(DeviceId peer, Session session, @Nullable ModelType model) {
        try {
            delegate.pageRequested(peer, session, model);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void pageReceived(DeviceId peer, long nanos) {
        try {
            delegate.pageReceived(peer, nanos);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void pageTaken(DeviceId peer, Session session, ModelTally applied) {
        try {
            delegate.pageTaken(peer, session, applied);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void pageAsked(DeviceId peer, UUID session, @Nullable ModelType model) {
        try {
            delegate.pageAsked(peer, session, model);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void pageServed(DeviceId peer, UUID session, ModelTally changes) {
        try {
            delegate.pageServed(peer, session, changes);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void requestFailed(DeviceId peer, Fault fault) {
        try {
            delegate.requestFailed(peer, fault);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void ackSent(DeviceId peer) {
        try {
            delegate.ackSent(peer);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void ackReceived(DeviceId peer) {
        try {
            delegate.ackReceived(peer);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void logAppended(int rows) {
        try {
            delegate.logAppended(rows);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void logPruned(int rows) {
        try {
            delegate.logPruned(rows);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void stampMerged(DeviceId peer, long driftMillis, long counter) {
        try {
            delegate.stampMerged(peer, driftMillis, counter);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void clockTicked(long counter) {
        try {
            delegate.clockTicked(counter);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void watermarksRestored(long newestOwnerMillis, @Nullable Hlc highest) {
        try {
            delegate.watermarksRestored(newestOwnerMillis, highest);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void queryRun(long nanos) {
        try {
            delegate.queryRun(nanos);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void databaseFailed(@Nullable DeviceId peer, @Nullable ModelType model, Fault fault) {
        try {
            delegate.databaseFailed(peer, model, fault);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void otherFailed(@Nullable DeviceId peer, @Nullable ModelType model, Fault fault) {
        try {
            delegate.otherFailed(peer, model, fault);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException e) {
        failed.run();
        if (logged.compareAndSet(false, true)) {
            LOG.error("Recording failed; sync goes on, later failures are not logged", e);
        }
    }
}
