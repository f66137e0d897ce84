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

/**
 * What a sync system reports. One method per thing that happened, called once it is durable or has passed the network port,
 * never at intent. Every method is safe from any thread, takes no lock, and does nothing unless it is overridden, so a
 * system that lacks a feature leaves its events out.
 *
 * <p>{@code peer} is always the device at the other end of the link, not the device where a change was made.
 *
 * <p>One unit of work (a message, a flush, a page) asks {@link #current()} once and reports everything to what it got, so
 * that a switch in the middle leaves no half of it in the books. What is reported when something ends that another unit of
 * work began is for the recorder in force then; if that is not the one that was told of the begin, the begin is in no book or
 * in one that is closed.
 */
public interface SyncRecorder {

    /** The recorder that does nothing and reads no clock. */
    static SyncRecorder disabled() {
        return DisabledRecorder.INSTANCE;
    }

    /** {@code delegate}, but a failure inside it is logged once and never reaches the caller. */
    static SyncRecorder guarded(SyncRecorder delegate) {
        return guarded(delegate, () -> {});
    }

    /** The same, and {@code failed} is told of each failure. */
    static SyncRecorder guarded(SyncRecorder delegate, Runnable failed) {
        return delegate == disabled() ? delegate : new GuardedRecorder(delegate, failed);
    }

    /** Both recorders, one after the other; clocks are those of {@code first}. */
    static SyncRecorder both(SyncRecorder first, SyncRecorder second) {
        return second == disabled() ? first : new BothRecorders(first, second);
    }

    /** The recorder in force now, for one unit of work. */
    default SyncRecorder current() {
        return this;
    }

    /** Monotonic nanoseconds to measure durations by; 0 when nothing is recorded. */
    default long nanos() {
        return 0;
    }

    /** Wall time in milliseconds since 1970; 0 when nothing is recorded. */
    default long millis() {
        return 0;
    }

    // State

    /** The state changed along a legal edge; {@code reason} is never empty. */
    default void stateChanged(SyncState from, SyncState to, String reason) {}

    /** A transition along no legal edge was refused. */
    default void illegalTransition(SyncState from, SyncState to, String reason) {}

    // Peers

    /** A member is known from now on, or has a new name: its series exist, at zero. */
    default void peerKnown(DeviceId peer, String name) {}

    /** The last frame of a member came then, in an earlier run. */
    default void peerSeenBefore(DeviceId peer, long atMillis) {}

    /** A member is online from now on. */
    default void peerConnected(DeviceId peer) {}

    /** A member is offline from now on; {@code reason} is never empty. */
    default void peerDisconnected(DeviceId peer, String reason) {}

    default void peerRefused(RefusalReason reason, @Nullable DeviceId peer, Fault fault) {}

    /** One payload was accepted by the port. */
    default void frameSent(DeviceId peer, MessageType type, int bytes) {}

    /** One payload was taken from the port, before it was decoded. */
    default void frameReceived(DeviceId peer, MessageType type, int bytes) {}

    /** One received payload could not be decoded or was too large. */
    default void frameRejected(DeviceId peer, Fault fault) {}

    /** One heartbeat was answered {@code nanos} after it was sent. */
    default void heartbeatAnswered(DeviceId peer, long nanos) {}

    default void heartbeatMissed(DeviceId peer) {}

    // Own changes

    /** Own changes were committed, with the stamp of the newest where they are shared. */
    default void changesCommitted(ModelTally changes, @Nullable Hlc newest) {}

    /** Own changes left the outbox without a send. */
    default void changesDeferred(DeferReason reason, ModelTally changes) {}

    /** One broadcast message was built and dispatched while at least one partner was online. */
    default void batchDispatched(ModelTally changes, long atMillis) {}

    /** The last addressed peer of one broadcast message answered or failed, {@code nanos} after its dispatch. */
    default void batchSettled(long nanos) {}

    /** One broadcast message was sent to one peer for the first time, or failed at once. */
    default void batchAddressed(DeviceId peer, ModelTally changes, long atMillis) {}

    /** The receipt of one broadcast message came back from one peer, whichever attempt it answers. */
    default void batchDelivered(DeviceId peer, ModelTally changes) {}

    /** One broadcast message was given up for one peer. */
    default void batchUndelivered(DeviceId peer, ModelTally changes) {}

    /** A first send to one peer failed. */
    default void broadcastFailed(DeviceId peer, Fault fault) {}

    // Retries; one entry is one message for one peer

    default void retryEnqueued(DeviceId peer) {}

    /** The queue was full, the entry was refused. */
    default void retryOverflowed(DeviceId peer) {}

    default void retryAttempted(DeviceId peer, long atMillis) {}

    default void retrySucceeded(DeviceId peer) {}

    default void retryFailed(DeviceId peer, Fault fault) {}

    /** An entry was dropped after its last failure. */
    default void retryExhausted(DeviceId peer) {}

    /** An entry was dropped because the peer pulled. */
    default void retrySuperseded(DeviceId peer) {}

    // Received changes; each ends as applied, rejected or held

    /** Changes were taken off the wire, before any check. */
    default void changesReceived(DeviceId peer, Route route, ModelTally changes) {}

    /** Received changes came in a message that was settled before; they are in {@link #changesReceived} too. */
    default void changesRedelivered(DeviceId peer, ModelTally changes) {}

    /**
     * The effect of one received change was committed.
     *
     * @param nanos its own checks and statements
     * @param ownerMillis the owner's time of a device-owned change; ignored for shared ones
     * @param atMillis the time of the commit
     */
    default void changeApplied(DeviceId peer, ModelType model, long nanos, long ownerMillis, long atMillis) {}

    /** The highest stamp among the shared changes that one message of {@code peer} had applied. */
    default void stampApplied(DeviceId peer, Hlc highest) {}

    /** One received change ended without effect; {@code fault} where the reason is an error. */
    default void changeRejected(DeviceId peer, ModelType model, RejectReason reason, @Nullable Fault fault) {}

    /** Changes of one message found no room to wait in; they are in {@link #changeRejected} too. */
    default void bufferOverflowed(DeviceId peer, ModelTally changes) {}

    /** A change did not follow what is here, or had no room: the link has to be pulled. Once until that succeeded. */
    default void gapDetected(DeviceId peer) {}

    /** Changes wait for rows that should have come long ago, the oldest for {@code millis}. Once until none does. */
    default void dependenciesStuck(ModelTally waiting, long millis) {}

    /** The transaction of one message failed: its changes are rejected(rolled_back), and it is one database error. */
    default void messageRolledBack(DeviceId peer, ModelTally changes, Fault fault) {}

    default void conflictSettled(DeviceId peer, ModelType model, ConflictOutcome outcome) {}

    /** An older version came that the stored one already builds on. */
    default void ancestorLate(DeviceId peer, ModelType model) {}

    // Pull sessions

    /** The peer to pull from was chosen; {@code candidates} are those that could be, the best first. */
    default void peerSelected(DeviceId peer, Session session, List<PullCandidate> candidates) {}

    default void sessionOpened(DeviceId peer, Session session, long atMillis) {}

    /** A session ended; {@code fault} says why it failed and is null if it completed. */
    default void sessionClosed(DeviceId peer, Session session, @Nullable Fault fault, long nanos, long atMillis) {}

    /** One origin and scope is pulled from nothing ({@code full}) or from a watermark. */
    default void pullBegun(DeviceId peer, boolean full) {}

    /** The peer no longer has every deletion or log entry after our watermark; {@code model} is null for shared changes. */
    default void fullPullForced(DeviceId peer, Session session, @Nullable ModelType model) {}

    /** The port accepted the request for one page; {@code model} is null for shared changes. */
    default void pageRequested(DeviceId peer, Session session, @Nullable ModelType model) {}

    /** One page response was received and decoded, {@code nanos} after its request. */
    default void pageReceived(DeviceId peer, long nanos) {}

    /** All changes of one page were settled; {@code applied} are those whose effect was committed with it. */
    default void pageTaken(DeviceId peer, Session session, ModelTally applied) {}

    /** A peer asked for one page in a session of its own; {@code model} is null for shared changes. */
    default void pageAsked(DeviceId peer, UUID session, @Nullable ModelType model) {}

    /** One page response was sent in a session of the peer. */
    default void pageServed(DeviceId peer, UUID session, ModelTally changes) {}

    /** A page, exchange or event-log request failed; heartbeats are not errors. */
    default void requestFailed(DeviceId peer, Fault fault) {}

    // Acks and the log

    default void ackSent(DeviceId peer) {}

    default void ackReceived(DeviceId peer) {}

    default void logAppended(int rows) {}

    default void logPruned(int rows) {}

    // Clocks

    /** A remote stamp was merged; positive drift means that the peer's clock is ahead of ours. */
    default void stampMerged(DeviceId peer, long driftMillis, long counter) {}

    /** The local clock ticked to {@code counter}. */
    default void clockTicked(long counter) {}

    /** What the library held when the service opened it; null and 0 where it held nothing. */
    default void watermarksRestored(long newestOwnerMillis, @Nullable Hlc highest) {}

    // Database and the rest

    /** One statement of the engine ended, well or not. */
    default void queryRun(long nanos) {}

    /** A failure of the database that belongs to no single change. */
    default void databaseFailed(@Nullable DeviceId peer, @Nullable ModelType model, Fault fault) {}

    /** Anything else that went wrong, such as a directory that cannot be read. */
    default void otherFailed(@Nullable DeviceId peer, @Nullable ModelType model, Fault fault) {}
}
