package io.librarysync.record;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.SyncState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The levels that a sync system knows at one moment: sizes of queues, states of links, lags. They are read from memory when
 * somebody asks and counted nowhere else.
 *
 * @param state the state the engine is in
 * @param backfillProgress percent of the running backfill; null unless Backfilling
 * @param backfillPeer whom it pulls from; null unless Backfilling
 * @param outbox own changes committed, not yet dispatched or deferred
 * @param oldestHeldMillis wall time since which the oldest held change waits; null if none is held
 * @param stalledForMillis time since anything moved while work is pending; 0 if none is
 * @param links every member but this device
 */
public record SyncLevels(
        SyncState state,
        @Nullable Integer backfillProgress,
        @Nullable DeviceId backfillPeer,
        Map<ModelType, Long> outbox,
        @Nullable Long oldestHeldMillis,
        long stalledForMillis,
        List<Link> links) {

    /**
     * The link to one member.
     *
     * @param partner online and not Paused
     * @param peerState the state it told last; null if unknown
     * @param needsCatchUp marked because of a gap, an overflow or an exhausted retry
     * @param activeSessions open pull sessions of ours with it
     * @param retryDepth its entries in the retry queue, those being resent included
     * @param outstanding changes awaiting its receipt or queued for retry
     * @param heldBuffer received from it, waiting for their turn
     * @param heldWaiting received from it, waiting for a missing row
     * @param rttMillis smoothed round trip; null if never measured
     * @param lagMillis how far we are behind its head; null while the head is unknown
     */
    public record Link(
            DeviceId peer,
            String name,
            boolean online,
            boolean partner,
            @Nullable SyncState peerState,
            boolean needsCatchUp,
            int activeSessions,
            int retryDepth,
            Map<ModelType, Long> outstanding,
            Map<ModelType, Long> heldBuffer,
            Map<ModelType, Long> heldWaiting,
            @Nullable Double rttMillis,
            @Nullable Long lagMillis) {

        public Link {
            outstanding = Map.copyOf(outstanding);
            heldBuffer = Map.copyOf(heldBuffer);
            heldWaiting = Map.copyOf(heldWaiting);
        }
    }

    public SyncLevels {
        outbox = Map.copyOf(outbox);
        links = List.copyOf(links);
    }

    /** The levels of a system that reports none. */
    public static SyncLevels none() {
        return new SyncLevels(SyncState.UNINITIALIZED, null, null, Map.of(), null, 0, List.of());
    }
}
