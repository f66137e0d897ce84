package io.librarysync.metrics;

import static io.librarysync.metrics.Dimension.MODEL;
import static io.librarysync.metrics.Dimension.OUTCOME;
import static io.librarysync.metrics.Dimension.PEER;
import static io.librarysync.metrics.Dimension.REASON;

import io.librarysync.domain.ConflictOutcome;
import io.librarysync.domain.DeferReason;
import io.librarysync.domain.ErrorKind;
import io.librarysync.domain.RejectReason;
import io.librarysync.instrument.Counter;
import io.librarysync.instrument.CounterFamily;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.instrument.MetricRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The errors category, with conflicts and the lost block; most of it is computed from the cells of the operations. */
final class ErrorMetrics extends MetricGroup<ErrorMetricsMXBean, SyncView> {
    private static final Set<String> APPLY_REASONS = reasonsOf(ErrorKind.APPLY);
    private static final Set<String> VALIDATION_REASONS = reasonsOf(ErrorKind.VALIDATION);
    private static final Set<String> ERROR_REASONS = reasonsOf(ErrorKind.APPLY, ErrorKind.VALIDATION);

    private final OperationMetrics operations;

    final CounterFamily conflicts = cells("conflicts", PEER, MODEL, OUTCOME);
    final CounterFamily ancestorsLate = counters(ErrorMetricsMXBean::getAncestorsLate);
    final CounterFamily databaseErrors = counters(ErrorMetricsMXBean::getDatabaseErrors);
    final CounterFamily otherErrors = counters(ErrorMetricsMXBean::getOtherErrors);
    final CounterFamily framesRejected = counters(ErrorMetricsMXBean::getFramesRejected);
    final CounterFamily errorsByCause = counters(ErrorMetricsMXBean::getErrorsByCause);
    final Counter eventsDropped = counter(ErrorMetricsMXBean::getLostEventsDropped);
    final Counter updatesDropped = counter(ErrorMetricsMXBean::getLostUpdatesDropped);
    final Counter samplesDropped = counter(ErrorMetricsMXBean::getLostSamplesDropped);
    final Counter observationsFailed = counter(ErrorMetricsMXBean::getLostObservationsFailed);
    final Counter labelOverflow = counter(ErrorMetricsMXBean::getLostLabelOverflow);

    ErrorMetrics(MetricRegistry registry, OperationMetrics operations, StateMetrics state) {
        super(ErrorMetricsMXBean.class, registry);
        this.operations = operations;
        bindErrors();
        bindConflicts();
        bindLost();
        value(ErrorMetricsMXBean::getLostIllegalTransitions, view -> view.sum(state.illegalTransitions));
        requireAllBound();
    }

    private void bindErrors() {
        value(ErrorMetricsMXBean::getTotalErrors, this::total);
        value(ErrorMetricsMXBean::getNetworkErrors, this::network);
        value(ErrorMetricsMXBean::getApplyErrors, view -> rejected(view, APPLY_REASONS));
        value(ErrorMetricsMXBean::getValidationErrors, this::validation);
        value(ErrorMetricsMXBean::getRecentErrors, ErrorMetrics::recent);
    }

    private void bindConflicts() {
        value(ErrorMetricsMXBean::getConflictsDetected, view -> view.sum(conflicts));
        value(ErrorMetricsMXBean::getConflictsResolvedByDelete, view -> settled(view, ConflictOutcome.DELETE_WON));
        value(ErrorMetricsMXBean::getConflictsKeptLocal, view -> settled(view, ConflictOutcome.KEPT_LOCAL));
        value(ErrorMetricsMXBean::getConflictsTookRemote, view -> settled(view, ConflictOutcome.TOOK_REMOTE));
    }

    private void bindLost() {
        value(ErrorMetricsMXBean::getLostBufferDropped, view -> rejected(view, Set.of(RejectReason.OVERFLOW.label())));
        value(
                ErrorMetricsMXBean::getLostOutboxOverflow,
                view -> view.sum(operations.changesDeferred, REASON, DeferReason.OVERFLOW.label()::equals));
        value(ErrorMetricsMXBean::getLostRetryExhausted, view -> view.sum(operations.retryExhausted));
        value(ErrorMetricsMXBean::getLostRetryOverflow, view -> view.sum(operations.retryOverflow));
        value(
                ErrorMetricsMXBean::getLostDependenciesExpired,
                view -> rejected(view, Set.of(RejectReason.MISSING_DEPENDENCY.label())));
    }

    /** All errors. */
    long total(SyncView view) {
        return network(view)
                + view.sum(databaseErrors)
                + rejected(view, ERROR_REASONS)
                + refused(view)
                + view.sum(otherErrors);
    }

    private long network(SyncView view) {
        return view.sumAttributed(operations.failedBroadcasts)
                + view.sumAttributed(operations.retryFailures)
                + view.sumAttributed(operations.requestsFailed);
    }

    private long validation(SyncView view) {
        return rejected(view, VALIDATION_REASONS) + refused(view);
    }

    private long refused(SyncView view) {
        return view.sumAttributed(framesRejected) + view.sumAttributed(operations.peersRefused);
    }

    private long rejected(SyncView view, Set<String> reasons) {
        return view.sum(operations.rejected, REASON, reasons::contains);
    }

    private long settled(SyncView view, ConflictOutcome outcome) {
        return view.sum(conflicts, OUTCOME, outcome.label()::equals);
    }

    private static List<ErrorEvent> recent(SyncView view) {
        return view.moment().recentErrors().stream()
                .filter(error -> view.admits(PEER, labelOf(error.deviceId())))
                .filter(error -> view.admits(MODEL, labelOf(error.modelType())))
                .toList();
    }

    private static String labelOf(@Nullable String id) {
        return id == null ? "" : id;
    }

    private static Set<String> reasonsOf(ErrorKind... kinds) {
        return Arrays.stream(RejectReason.values())
                .filter(reason ->
                        reason.errorKind().filter(List.of(kinds)::contains).isPresent())
                .map(RejectReason::label)
                .collect(Collectors.toUnmodifiableSet());
    }
}
