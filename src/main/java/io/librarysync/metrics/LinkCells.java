package io.librarysync.metrics;

import io.librarysync.domain.ConflictOutcome;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.MessageType;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RejectReason;
import io.librarysync.domain.Route;
import io.librarysync.domain.SessionKind;
import io.librarysync.instrument.Counter;
import io.librarysync.instrument.CounterFamily;
import io.librarysync.instrument.Highest;
import io.librarysync.instrument.Latency;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The cells of one link, resolved once; those by model when the model first moves on it. */
final class LinkCells {
    private final SyncCells cells;
    private final DeviceId id;
    private final String peer;
    private final Map<String, OfModel> models = new ConcurrentHashMap<>();

    final PerConstant<MessageType, Counter> framesSent;
    final PerConstant<MessageType, Counter> framesReceived;
    final Counter bytesSent;
    final Counter bytesReceived;
    final Counter batches;
    final PerConstant<OfPeer, Counter> counters;
    final PerConstant<SessionKind, Counter> sessionsStarted;
    final PerConstant<SessionKind, Counter> sessionsCompleted;
    final PerConstant<SessionKind, Counter> sessionsFailed;
    final Latency pageLatency;
    final Latency sessionDuration;
    final Latency rtt;
    final Highest lastSync;
    final Highest lastAttempt;
    final Highest lastSeen;

    LinkCells(SyncCells cells, DeviceId id, String peer) {
        this.cells = cells;
        this.id = id;
        this.peer = peer;
        OperationMetrics operations = cells.operations;
        framesSent = new PerConstant<>(type -> cells.dataVolume.framesSent.at(peer, type.label()));
        framesReceived = new PerConstant<>(type -> cells.dataVolume.framesReceived.at(peer, type.label()));
        bytesSent = cells.dataVolume.bytesSent.at(peer);
        bytesReceived = cells.dataVolume.bytesReceived.at(peer);
        counters = new PerConstant<>(what -> what.family(cells).at(peer));
        batches = operations.batchesByPeer.at(peer);
        sessionsStarted = new PerConstant<>(kind -> operations.sessionsStarted.at(peer, kind.label()));
        sessionsCompleted = new PerConstant<>(kind -> operations.sessionsCompleted.at(peer, kind.label()));
        sessionsFailed = new PerConstant<>(kind -> operations.sessionsFailed.at(peer, kind.label()));
        pageLatency = cells.performance.backfillRequestLatency.at(peer);
        sessionDuration = cells.performance.sessionDuration.at(peer);
        rtt = cells.performance.peerRtt.at(peer);
        lastSync = cells.dataVolume.lastSync.at(peer);
        lastAttempt = cells.dataVolume.lastAttempt.at(peer);
        lastSeen = cells.dataVolume.lastSeen.at(peer);
    }

    OfModel of(ModelType model) {
        OfModel known = models.get(model.name());
        return known != null ? known : models.computeIfAbsent(model.name(), name -> new OfModel(this, model));
    }

    String peer() {
        return peer;
    }

    /** What is counted by peer and, for most peers, stays at nothing; made once there is something to count. */
    enum OfPeer {
        FAILED_BROADCASTS,
        RETRY_ENQUEUED,
        RETRY_OVERFLOW,
        RETRY_ATTEMPTS,
        RETRY_SUCCESSES,
        RETRY_FAILURES,
        RETRY_EXHAUSTED,
        RETRY_SUPERSEDED,
        PULLS_FULL,
        PULLS_INCREMENTAL,
        PAGINATION_ROUNDS,
        PAGES_SERVED,
        REQUESTS_FAILED,
        ACKS_SENT,
        ACKS_RECEIVED,
        HEARTBEATS_MISSED,
        FRAMES_REJECTED;

        private CounterFamily family(SyncCells cells) {
            OperationMetrics operations = cells.operations;
            return switch (this) {
                case FAILED_BROADCASTS -> operations.failedBroadcasts;
                case RETRY_ENQUEUED -> operations.retryEnqueued;
                case RETRY_OVERFLOW -> operations.retryOverflow;
                case RETRY_ATTEMPTS -> operations.retryAttempts;
                case RETRY_SUCCESSES -> operations.retrySuccesses;
                case RETRY_FAILURES -> operations.retryFailures;
                case RETRY_EXHAUSTED -> operations.retryExhausted;
                case RETRY_SUPERSEDED -> operations.retrySuperseded;
                case PULLS_FULL -> operations.pullsFull;
                case PULLS_INCREMENTAL -> operations.pullsIncremental;
                case PAGINATION_ROUNDS -> operations.paginationRounds;
                case PAGES_SERVED -> operations.pagesServed;
                case REQUESTS_FAILED -> operations.requestsFailed;
                case ACKS_SENT -> operations.acksSent;
                case ACKS_RECEIVED -> operations.acksReceived;
                case HEARTBEATS_MISSED -> operations.heartbeatsMissed;
                case FRAMES_REJECTED -> cells.errors.framesRejected;
            };
        }
    }

    /** What is counted by peer and model and by nothing else. */
    enum OfBoth {
        BATCHES,
        ADDRESSED,
        DELIVERED,
        UNDELIVERED,
        SERVED,
        REDELIVERED,
        ANCESTORS_LATE;

        private CounterFamily family(SyncCells cells) {
            return switch (this) {
                case BATCHES -> cells.operations.batchesByBoth;
                case ADDRESSED -> cells.operations.changesAddressed;
                case DELIVERED -> cells.operations.changesDelivered;
                case UNDELIVERED -> cells.operations.changesUndelivered;
                case SERVED -> cells.operations.recordsServed;
                case REDELIVERED -> cells.operations.redelivered;
                case ANCESTORS_LATE -> cells.errors.ancestorsLate;
            };
        }
    }

    /** The cells of one model on this link; most of them are made only once there is something to count. */
    static final class OfModel {
        final LinkCells link;
        private final ModelType type;
        final PerConstant<OfBoth, Counter> counters;
        final PerConstant<Route, Counter> received;
        final Counter applied;
        final PerConstant<RejectReason, Counter> rejected;
        final PerConstant<ConflictOutcome, Counter> conflicts;
        final Latency applyLatency;
        final Highest stateWatermark;
        final Highest lastSync;

        OfModel(LinkCells link, ModelType type) {
            this.link = link;
            this.type = type;
            SyncCells cells = link.cells;
            String peer = link.peer;
            String model = type.name();
            OperationMetrics operations = cells.operations;
            counters = new PerConstant<>(what -> what.family(cells).at(peer, model));
            received = new PerConstant<>(route -> operations.received.at(peer, model, route.label()));
            applied = operations.applied.at(peer, model);
            rejected = new PerConstant<>(reason -> operations.rejected.at(peer, model, reason.label()));
            conflicts = new PerConstant<>(outcome -> cells.errors.conflicts.at(peer, model, outcome.label()));
            applyLatency = cells.performance.applyLatency.at(peer, model);
            stateWatermark = cells.performance.stateWatermark.at(peer, model);
            lastSync = cells.dataVolume.lastSyncOfModel.at(model);
        }

        boolean isOf(DeviceId peer, ModelType model) {
            return type.equals(model) && link.id.equals(peer);
        }
    }
}
