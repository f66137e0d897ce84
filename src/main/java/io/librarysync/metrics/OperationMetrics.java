package io.librarysync.metrics;

import static io.librarysync.metrics.Dimension.KIND;
import static io.librarysync.metrics.Dimension.MODEL;
import static io.librarysync.metrics.Dimension.PEER;
import static io.librarysync.metrics.Dimension.REASON;
import static io.librarysync.metrics.Dimension.ROUTE;

import io.librarysync.domain.DeferReason;
import io.librarysync.domain.Labelled;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RefusalReason;
import io.librarysync.domain.RejectReason;
import io.librarysync.domain.Route;
import io.librarysync.domain.SessionKind;
import io.librarysync.instrument.Counter;
import io.librarysync.instrument.CounterFamily;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.instrument.MetricRegistry;
import io.librarysync.record.SyncLevels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The operations category. The fields stand in the order in which things happen, because cells are read in the reverse of
 * it: no snapshot shows more outcomes than inputs.
 */
final class OperationMetrics extends MetricGroup<OperationMetricsMXBean, SyncView> {
    private static final List<String> KINDS = labels(SessionKind.values());

    final CounterFamily localChangesCommitted = counters(OperationMetricsMXBean::getLocalChangesCommitted);
    final CounterFamily changesDeferred =
            counters(OperationMetricsMXBean::getChangesDeferred).expecting(REASON, labels(DeferReason.values()));
    /** Own changes dispatched, each once. */
    final CounterFamily broadcast = cells("broadcast", MODEL);

    final CounterFamily changesAddressed = counters(OperationMetricsMXBean::getChangesAddressed);
    final CounterFamily allBatches = cells("batches");
    final Counter batches = allBatches.at();
    final CounterFamily batchesByModel = cells("batchesByModel", MODEL);
    final CounterFamily batchesByPeer = cells("batchesByPeer", PEER);
    final CounterFamily batchesByBoth = cells("batchesByBoth", PEER, MODEL);
    final CounterFamily failedBroadcasts = counters(OperationMetricsMXBean::getFailedBroadcasts);
    final CounterFamily retryEnqueued = counters(OperationMetricsMXBean::getRetryEnqueued);
    final CounterFamily retryOverflow = counters(OperationMetricsMXBean::getRetryOverflow);
    final CounterFamily retryAttempts = counters(OperationMetricsMXBean::getRetryAttempts);
    final CounterFamily retrySuccesses = counters(OperationMetricsMXBean::getRetrySuccesses);
    final CounterFamily retryFailures = counters(OperationMetricsMXBean::getRetryFailures);
    final CounterFamily retryExhausted = counters(OperationMetricsMXBean::getRetryExhausted);
    final CounterFamily retrySuperseded = counters(OperationMetricsMXBean::getRetrySuperseded);
    final CounterFamily changesDelivered = counters(OperationMetricsMXBean::getChangesDelivered);
    final CounterFamily changesUndelivered = counters(OperationMetricsMXBean::getChangesUndelivered);

    final CounterFamily sessionsStarted =
            counters(OperationMetricsMXBean::getSessionsStarted).expecting(KIND, KINDS);
    final CounterFamily pullsFull = counters(OperationMetricsMXBean::getPullsFull);
    final CounterFamily pullsIncremental = counters(OperationMetricsMXBean::getPullsIncremental);
    final CounterFamily paginationRounds = counters(OperationMetricsMXBean::getBackfillPaginationRounds);
    final CounterFamily requestsFailed = counters(OperationMetricsMXBean::getRequestsFailed);

    final CounterFamily received =
            counters(OperationMetricsMXBean::getReceivedByRoute).expecting(ROUTE, labels(Route.values()));
    final CounterFamily redelivered = counters(OperationMetricsMXBean::getRedelivered);
    final CounterFamily applied = counters(OperationMetricsMXBean::getChangesApplied);
    final CounterFamily rejected =
            counters(OperationMetricsMXBean::getRejectedByReason).expecting(REASON, labels(RejectReason.values()));

    final CounterFamily sessionsCompleted =
            counters(OperationMetricsMXBean::getSessionsCompleted).expecting(KIND, KINDS);
    final CounterFamily sessionsFailed =
            counters(OperationMetricsMXBean::getSessionsFailed).expecting(KIND, KINDS);
    final CounterFamily pagesServed = counters(OperationMetricsMXBean::getPagesServed);
    final CounterFamily recordsServed = counters(OperationMetricsMXBean::getRecordsServed);
    final CounterFamily acksSent = counters(OperationMetricsMXBean::getAcksSent);
    final CounterFamily acksReceived = counters(OperationMetricsMXBean::getAcksReceived);
    final Counter logAppended = counter(OperationMetricsMXBean::getLogAppended);
    final Counter logPruned = counter(OperationMetricsMXBean::getLogPruned);
    final CounterFamily heartbeatsMissed = counters(OperationMetricsMXBean::getHeartbeatsMissed);
    final CounterFamily peersRefused =
            counters(OperationMetricsMXBean::getPeersRefused).expecting(REASON, labels(RefusalReason.values()));

    /**
     * The cells of the operations.
     *
     * @param shared whether a model, by name, is shared
     * @param accounts all that can be open
     */
    OperationMetrics(MetricRegistry registry, Predicate<String> shared, Supplier<List<Account>> accounts) {
        super(OperationMetricsMXBean.class, registry);
        value(OperationMetricsMXBean::getStateChangesBroadcast, view -> broadcast(view, shared.negate()));
        value(OperationMetricsMXBean::getSharedChangesBroadcast, view -> broadcast(view, shared));
        value(OperationMetricsMXBean::getBroadcastBatchesSent, this::batches);
        value(
                OperationMetricsMXBean::getOutboxDepth,
                view -> view.sumOf(view.levels().outbox()));
        value(OperationMetricsMXBean::getChangesOutstanding, view -> overLinks(view, SyncLevels.Link::outstanding));
        value(OperationMetricsMXBean::getHeldBuffer, view -> overLinks(view, SyncLevels.Link::heldBuffer));
        value(OperationMetricsMXBean::getHeldWaiting, view -> overLinks(view, SyncLevels.Link::heldWaiting));
        value(OperationMetricsMXBean::getActiveBackfillSessions, view -> view.links().stream()
                .mapToLong(SyncLevels.Link::activeSessions)
                .sum());
        value(OperationMetricsMXBean::getRetryQueueDepth, view -> view.links().stream()
                .mapToLong(SyncLevels.Link::retryDepth)
                .sum());
        value(OperationMetricsMXBean::getOpeningBalance, view -> view.opening().byAccount(accounts.get(), view));
        requireAllBound();
    }

    private static List<String> labels(Labelled[] constants) {
        return Arrays.stream(constants).map(Labelled::label).toList();
    }

    /** Own changes dispatched by model; with a peer in the filter those addressed to it. */
    Map<String, Long> broadcastByModel(SyncView view) {
        return view.foreignPeer() == null ? view.byAcross(broadcast, MODEL, PEER) : view.by(changesAddressed, MODEL);
    }

    private long broadcast(SyncView view, Predicate<String> models) {
        long sum = 0;
        for (Map.Entry<String, Long> part : broadcastByModel(view).entrySet()) {
            if (models.test(part.getKey())) {
                sum += part.getValue();
            }
        }
        return sum;
    }

    private long batches(SyncView view) {
        boolean oneModel = view.filterBy(MODEL) != null;
        if (view.foreignPeer() == null) {
            return view.sumAcross(oneModel ? batchesByModel : allBatches, PEER);
        }
        return view.sum(oneModel ? batchesByBoth : batchesByPeer);
    }

    private static long overLinks(SyncView view, Function<SyncLevels.Link, Map<ModelType, Long>> level) {
        return view.links().stream()
                .mapToLong(link -> view.sumOf(level.apply(link)))
                .sum();
    }
}
