package io.librarysync.metrics;

import static io.librarysync.instrument.Metric.CHANGES;
import static io.librarysync.instrument.Metric.ENTRIES;
import static io.librarysync.instrument.Metric.GAUGE;
import static io.librarysync.instrument.Metric.MESSAGES;
import static io.librarysync.metrics.Dimension.ACCOUNT;
import static io.librarysync.metrics.Dimension.KIND;
import static io.librarysync.metrics.Dimension.MODEL;
import static io.librarysync.metrics.Dimension.PEER;
import static io.librarysync.metrics.Dimension.REASON;
import static io.librarysync.metrics.Dimension.ROUTE;

import io.librarysync.instrument.Metric;
import java.util.Map;

/** What sync did: broadcasts, receives, pulls and retries. */
public interface OperationMetricsMXBean {

    @Metric(
            value =
                    "Own changes dispatched while at least one partner was online, each once whatever the number of peers; "
                            + "filtered by peer: addressed to it",
            unit = CHANGES,
            by = {PEER, MODEL})
    default long getBroadcastsSent() {
        return getStateChangesBroadcast() + getSharedChangesBroadcast();
    }

    @Metric(
            value = "The device-owned part of the broadcasts",
            unit = CHANGES,
            by = {PEER, MODEL})
    long getStateChangesBroadcast();

    @Metric(
            value = "The shared part of the broadcasts",
            unit = CHANGES,
            by = {PEER, MODEL})
    long getSharedChangesBroadcast();

    @Metric(
            value =
                    "Broadcast messages built, not per peer and without resends; filtered: messages addressed to the peer, "
                            + "with at least one change of the model",
            unit = MESSAGES,
            by = {PEER, MODEL})
    long getBroadcastBatchesSent();

    @Metric(value = "First sends to one peer that failed", unit = MESSAGES, by = PEER)
    long getFailedBroadcasts();

    @Metric(value = "Own changes committed", unit = CHANGES, by = MODEL)
    long getLocalChangesCommitted();

    @Metric(
            value = "Own changes that left the outbox without a send, by reason; peers pull them later",
            unit = CHANGES,
            by = MODEL,
            key = REASON)
    Map<String, Long> getChangesDeferred();

    @Metric(value = "Own changes committed, not yet dispatched or deferred", kind = GAUGE, unit = CHANGES, by = MODEL)
    long getOutboxDepth();

    @Metric(
            value = "Changes in first sends to one peer, counted per peer",
            unit = CHANGES,
            by = {PEER, MODEL})
    long getChangesAddressed();

    @Metric(
            value = "Addressed changes whose receipt came back",
            unit = CHANGES,
            by = {PEER, MODEL})
    long getChangesDelivered();

    @Metric(
            value = "Addressed changes whose message was given up; the peer pulls them",
            unit = CHANGES,
            by = {PEER, MODEL})
    long getChangesUndelivered();

    @Metric(
            value = "Addressed changes that await a receipt or a retry",
            kind = GAUGE,
            unit = CHANGES,
            by = {PEER, MODEL})
    long getChangesOutstanding();

    @Metric(
            value = "Changes taken off the wire by any route, before any check",
            unit = CHANGES,
            by = {PEER, MODEL})
    default long getChangesReceived() {
        return Sums.of(getReceivedByRoute());
    }

    @Metric(
            value = "Received changes by route: live, retry, catch_up, backfill, snapshot",
            unit = CHANGES,
            by = {PEER, MODEL},
            key = ROUTE)
    Map<String, Long> getReceivedByRoute();

    @Metric(
            value = "Received changes in messages that were settled before",
            unit = CHANGES,
            by = {PEER, MODEL})
    long getRedelivered();

    @Metric(
            value = "Received changes whose effect was committed",
            unit = CHANGES,
            by = {PEER, MODEL})
    long getChangesApplied();

    @Metric(
            value = "Received changes that ended without effect",
            unit = CHANGES,
            by = {PEER, MODEL})
    default long getChangesRejected() {
        return Sums.of(getRejectedByReason());
    }

    @Metric(
            value = "Rejected changes by reason; only validation, not_owner, clock_ahead, apply_error and "
                    + "missing_dependency are errors",
            unit = CHANGES,
            by = {PEER, MODEL},
            key = REASON)
    Map<String, Long> getRejectedByReason();

    @Metric(
            value = "Received changes held: waiting for their turn or for a missing row",
            kind = GAUGE,
            unit = CHANGES,
            by = {PEER, MODEL})
    default long getBufferQueueDepth() {
        return getHeldBuffer() + getHeldWaiting();
    }

    @Metric(
            value = "Held changes that wait for their turn, because of a pull or a gap",
            kind = GAUGE,
            unit = CHANGES,
            by = {PEER, MODEL})
    long getHeldBuffer();

    @Metric(
            value = "Held changes that wait for a missing row",
            kind = GAUGE,
            unit = CHANGES,
            by = {PEER, MODEL})
    long getHeldWaiting();

    @Metric(value = "Pull sessions open now, backfill and catch-up", kind = GAUGE, by = PEER)
    long getActiveBackfillSessions();

    @Metric(value = "Pull sessions opened, by kind: backfill, catch_up", by = PEER, key = KIND)
    Map<String, Long> getSessionsStarted();

    @Metric(value = "Pull sessions closed with success", by = PEER)
    default long getBackfillSessionsCompleted() {
        return Sums.of(getSessionsCompleted());
    }

    @Metric(value = "Pull sessions closed with success, by kind", by = PEER, key = KIND)
    Map<String, Long> getSessionsCompleted();

    @Metric(value = "Pull sessions closed without success, by kind", by = PEER, key = KIND)
    Map<String, Long> getSessionsFailed();

    @Metric(value = "Pulls of one origin and scope begun from nothing or after a floor", by = PEER)
    long getPullsFull();

    @Metric(value = "Pulls of one origin and scope begun from a watermark", by = PEER)
    long getPullsIncremental();

    @Metric(value = "Page responses received and decoded, empty ones too", unit = MESSAGES, by = PEER)
    long getBackfillPaginationRounds();

    @Metric(value = "Page responses sent", unit = MESSAGES, by = PEER)
    long getPagesServed();

    @Metric(
            value = "Changes in page responses sent",
            unit = CHANGES,
            by = {PEER, MODEL})
    long getRecordsServed();

    @Metric(value = "Messages queued for a retry or being resent", kind = GAUGE, unit = MESSAGES, by = PEER)
    long getRetryQueueDepth();

    @Metric(value = "Messages accepted by the retry queue", unit = MESSAGES, by = PEER)
    long getRetryEnqueued();

    @Metric(value = "Messages refused by the retry queue because it was full", unit = MESSAGES, by = PEER)
    long getRetryOverflow();

    @Metric(value = "Resends begun", unit = MESSAGES, by = PEER)
    long getRetryAttempts();

    @Metric(value = "Resends that ended with a receipt", unit = MESSAGES, by = PEER)
    long getRetrySuccesses();

    @Metric(value = "Resends that failed", unit = MESSAGES, by = PEER)
    long getRetryFailures();

    @Metric(value = "Messages dropped after their last failed resend", unit = MESSAGES, by = PEER)
    long getRetryExhausted();

    @Metric(value = "Messages dropped from the retry queue because the peer pulled", unit = MESSAGES, by = PEER)
    long getRetrySuperseded();

    @Metric(value = "Page, exchange and event-log requests that failed", unit = MESSAGES, by = PEER)
    long getRequestsFailed();

    @Metric(value = "Acknowledgements of shared changes sent", unit = MESSAGES, by = PEER)
    long getAcksSent();

    @Metric(value = "Acknowledgements of shared changes received", unit = MESSAGES, by = PEER)
    long getAcksReceived();

    @Metric(value = "Rows written to the log of shared changes", unit = ENTRIES)
    long getLogAppended();

    @Metric(value = "Rows removed from the log of shared changes", unit = ENTRIES)
    long getLogPruned();

    @Metric(value = "Heartbeats without an answer", unit = MESSAGES, by = PEER)
    long getHeartbeatsMissed();

    @Metric(value = "Handshakes refused, by reason", key = REASON)
    Map<String, Long> getPeersRefused();

    @Metric(
            value =
                    "What was open when counting began, by what came in: with it, once all is quiet, what came in is in its "
                            + "outcomes or still open; absent where nothing was",
            kind = GAUGE,
            by = {PEER, MODEL},
            key = ACCOUNT)
    Map<String, Long> getOpeningBalance();
}
