package io.librarysync.metrics;

import static io.librarysync.metrics.Account.all;
import static io.librarysync.metrics.Account.count;
import static io.librarysync.metrics.Account.only;
import static io.librarysync.metrics.Dimension.MODEL;
import static io.librarysync.metrics.Dimension.OUTCOME;
import static io.librarysync.metrics.Dimension.PEER;
import static io.librarysync.metrics.Dimension.REASON;

import io.librarysync.domain.ConflictOutcome;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RejectReason;
import io.librarysync.instrument.Reading;
import io.librarysync.metrics.Account.Level;
import io.librarysync.record.SyncLevels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Everything on a device that is recorded in two steps, so that work can be open between them. */
final class Accounts {
    private static final List<String> LINK = List.of(PEER, MODEL);

    private final List<Account> accounts;

    Accounts(OperationMetrics operations, PerformanceMetrics performance, ErrorMetrics errors) {
        accounts = List.of(
                new Account(
                        "changes_received",
                        LINK,
                        List.of(all(operations.received)),
                        List.of(all(operations.applied), all(operations.rejected)),
                        Accounts::held),
                new Account(
                        "local_changes_committed",
                        List.of(MODEL),
                        List.of(all(operations.localChangesCommitted)),
                        List.of(all(operations.broadcast), all(operations.changesDeferred)),
                        (levels, open) -> byModel(List.of(), levels.outbox(), open)),
                new Account(
                        "changes_addressed",
                        LINK,
                        List.of(all(operations.changesAddressed)),
                        List.of(all(operations.changesDelivered), all(operations.changesUndelivered)),
                        onLinks(SyncLevels.Link::outstanding)),
                new Account(
                        "failed_broadcasts",
                        List.of(PEER),
                        List.of(all(operations.failedBroadcasts)),
                        List.of(all(operations.retryEnqueued), all(operations.retryOverflow)),
                        Level.NONE),
                new Account(
                        "retry_enqueued",
                        List.of(PEER),
                        List.of(all(operations.retryEnqueued)),
                        List.of(
                                all(operations.retrySuccesses),
                                all(operations.retryExhausted),
                                all(operations.retrySuperseded)),
                        ofLinks(SyncLevels.Link::retryDepth)),
                new Account(
                        "retry_attempts",
                        List.of(PEER),
                        List.of(all(operations.retryAttempts)),
                        List.of(all(operations.retrySuccesses), all(operations.retryFailures)),
                        Level.NONE),
                new Account(
                        "sessions_started",
                        List.of(PEER),
                        List.of(all(operations.sessionsStarted)),
                        List.of(all(operations.sessionsCompleted), all(operations.sessionsFailed)),
                        ofLinks(SyncLevels.Link::activeSessions)),
                new Account(
                        "rejected_by_reason.stale",
                        LINK,
                        List.of(only(operations.rejected, REASON, RejectReason.STALE.label())),
                        List.of(
                                only(errors.conflicts, OUTCOME, ConflictOutcome.KEPT_LOCAL.label()),
                                all(errors.ancestorsLate)),
                        Level.NONE),
                whole(
                        "total_errors",
                        List.of((view, by) -> Map.of(by, errors.total(view))),
                        (view, by) -> Map.of(by, view.moment().errors())),
                whole(
                        "broadcast_batches_sent",
                        List.of(all(operations.allBatches)),
                        count(performance.broadcastLatencies)),
                whole("changes_applied", List.of(all(operations.applied)), count(performance.applyLatency)),
                whole(
                        "backfill_pagination_rounds",
                        List.of(all(operations.paginationRounds)),
                        count(performance.backfillRequestLatency)),
                whole(
                        "sessions_closed",
                        List.of(all(operations.sessionsCompleted), all(operations.sessionsFailed)),
                        count(performance.sessionDuration)));
    }

    /** What is recorded in two steps and never stays open between them for long. */
    private static Account whole(String name, List<Account.Term> in, Account.Term out) {
        return new Account(name, List.of(), in, List.of(out), Level.NONE);
    }

    List<Account> list() {
        return accounts;
    }

    /** What came in less the outcomes, in one stretch of time. */
    OpenWork unsettled(Reading counted, Moment moment) {
        SyncView view = new SyncView(counted, SnapshotFilter.NONE, moment, () -> OpenWork.NONE);
        return accounts.stream().map(account -> account.unsettled(view)).reduce(OpenWork.NONE, OpenWork::plus);
    }

    /** What is open by the levels. */
    OpenWork found(SyncLevels levels) {
        return accounts.stream().map(account -> account.found(levels)).reduce(OpenWork.NONE, OpenWork::plus);
    }

    private static void held(SyncLevels levels, BiConsumer<List<String>, Long> open) {
        onLinks(SyncLevels.Link::heldBuffer).tell(levels, open);
        onLinks(SyncLevels.Link::heldWaiting).tell(levels, open);
    }

    private static Level onLinks(Function<SyncLevels.Link, Map<ModelType, Long>> level) {
        return (levels, open) ->
                levels.links().forEach(link -> byModel(List.of(link.peer().toString()), level.apply(link), open));
    }

    private static Level ofLinks(ToLongFunction<SyncLevels.Link> level) {
        return (levels, open) ->
                levels.links().forEach(link -> open.accept(List.of(link.peer().toString()), level.applyAsLong(link)));
    }

    private static void byModel(List<String> labels, Map<ModelType, Long> level, BiConsumer<List<String>, Long> open) {
        level.forEach((model, amount) -> {
            List<String> all = new ArrayList<>(labels);
            all.add(model.name());
            open.accept(all, amount);
        });
    }
}
