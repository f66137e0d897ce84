package io.librarysync.testing;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.SyncState;
import io.librarysync.engine.LibraryReader;
import io.librarysync.engine.Stored;
import io.librarysync.instrument.Latency;
import io.librarysync.instrument.MetricDescription;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.ErrorMetricsMXBean;
import io.librarysync.metrics.OperationMetricsMXBean;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.metrics.StateTransition;
import io.librarysync.metrics.SyncMetricsSnapshot;
import io.librarysync.record.SyncLevels;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The laws of one run of a device (I1 to I16). What is open when the run begins is its opening balance; what is open when an
 * epoch of it begins is none, because epochs are added up.
 */
final class DeviceLaws {
    private final Findings findings;
    private final TestDevice run;
    private final String who;
    private final Account account;

    private DeviceLaws(Findings findings, TestDevice run) {
        this.findings = findings;
        this.run = run;
        this.who = run.name();
        this.account = Account.of(run, SnapshotFilter.NONE);
    }

    /** Those that hold between any two tasks of the device. */
    static void always(Findings findings, TestDevice run) {
        DeviceLaws laws = new DeviceLaws(findings, run);
        SyncMetricsSnapshot now = laws.account.now();
        laws.changes();
        laws.sending();
        laws.sessions();
        laws.volume(now);
        laws.state(now);
        laws.errors(now.errors(), now.operations());
        laws.levels(now);
        laws.nothingWaitsInReady();
        EventLaws.check(findings, run);
    }

    /** All of them, for a device that has nothing left to do. */
    static void whenQuiet(Findings findings, TestDevice run) {
        always(findings, run);
        DeviceLaws laws = new DeviceLaws(findings, run);
        laws.histograms();
        laws.partsOf("peer", laws.peers(), SnapshotFilter::ofPeer);
        laws.partsOf("model", run.metrics().modelNames(), SnapshotFilter::ofModel);
        laws.eachLinkAndModel();
    }

    private void changes() {
        now(
                "I1",
                OperationMetricsMXBean::getBroadcastsSent,
                ops -> ops.getStateChangesBroadcast() + ops.getSharedChangesBroadcast());
        now("I3", OperationMetricsMXBean::getChangesReceived, ops -> sum(ops.getReceivedByRoute()));
        now("I3 rejected", OperationMetricsMXBean::getChangesRejected, ops -> sum(ops.getRejectedByReason()));
        SyncLevels levels = run.engine().levels();
        findings.equal(
                who + " I2",
                account.ops(OperationMetricsMXBean::getChangesReceived)
                        + run.foundHeld().size(),
                account.ops(ops -> ops.getChangesApplied() + ops.getChangesRejected())
                        + overLinks(levels, SyncLevels.Link::heldBuffer)
                        + overLinks(levels, SyncLevels.Link::heldWaiting));
        findings.equal(
                who + " I4",
                account.ops(OperationMetricsMXBean::getLocalChangesCommitted),
                account.ops(ops -> ops.getBroadcastsSent() + sum(ops.getChangesDeferred())) + sum(levels.outbox()));
    }

    private void sending() {
        SyncLevels levels = run.engine().levels();
        findings.equal(
                who + " I5 failed",
                account.ops(OperationMetricsMXBean::getFailedBroadcasts),
                account.ops(ops -> ops.getRetryEnqueued() + ops.getRetryOverflow()));
        findings.equal(
                who + " I5 enqueued",
                account.ops(OperationMetricsMXBean::getRetryEnqueued),
                account.ops(ops -> ops.getRetrySuccesses() + ops.getRetryExhausted() + ops.getRetrySuperseded())
                        + levels.links().stream()
                                .mapToLong(SyncLevels.Link::retryDepth)
                                .sum());
        findings.equal(
                who + " I5 addressed",
                account.ops(OperationMetricsMXBean::getChangesAddressed),
                account.ops(ops -> ops.getChangesDelivered() + ops.getChangesUndelivered())
                        + overLinks(levels, SyncLevels.Link::outstanding));
    }

    private void sessions() {
        long active = run.engine().levels().links().stream()
                .mapToLong(SyncLevels.Link::activeSessions)
                .sum();
        findings.holds(who + " I6 active", active >= 0, active);
        findings.equal(
                who + " I6",
                account.ops(ops -> sum(ops.getSessionsStarted())),
                account.ops(ops -> sum(ops.getSessionsCompleted()) + sum(ops.getSessionsFailed())) + active);
        account.eachOf(OperationMetricsMXBean::getSessionsStarted)
                .forEach((kind, started) -> findings.between(
                        who + " I6 " + kind,
                        started - active,
                        account.ops(
                                ops -> count(ops.getSessionsCompleted(), kind) + count(ops.getSessionsFailed(), kind)),
                        started));
    }

    private void volume(SyncMetricsSnapshot now) {
        long contributed =
                now.operations().getBroadcastsSent() + now.operations().getChangesApplied();
        findings.equal(who + " I7 by model", contributed, now.dataVolume().getTotalSynced());
        long byDevice = now.dataVolume().getEntriesByDevice().values().stream()
                .mapToLong(volume -> volume.recordsSent() == null
                        ? Objects.requireNonNullElse(volume.entriesReceived(), 0L)
                        : volume.recordsSent())
                .sum();
        findings.equal(who + " I7 by device", contributed, byDevice);
    }

    private void state(SyncMetricsSnapshot now) {
        findings.equal(
                who + " I8 time",
                now.state().getUptimeMillis(),
                account.sum(epoch -> sum(epoch.state().getTotalTimeInState())));
        List<StateTransition> history = now.state().getStateHistory();
        findings.equal(
                who + " I8 transitions",
                history.size(),
                Math.min(100, sum(now.state().getTransitionCount())));
        findings.equal(who + " I9", 0, account.sum(epoch -> epoch.state().getIllegalTransitions()));
        for (String edge : now.state().getTransitionCount().keySet()) {
            String[] ends = edge.split("->", -1);
            findings.holds(who + " I9", SyncState.ofLabel(ends[0]).mayBecome(SyncState.ofLabel(ends[1])), edge);
        }
        if (!history.isEmpty()) {
            chain(history, now.state().getCurrentState());
        }
    }

    private void chain(List<StateTransition> history, String current) {
        for (int i = 1; i < history.size(); i++) {
            findings.same(
                    who + " I8 chain", history.get(i - 1).to(), history.get(i).from());
        }
        findings.same(who + " I8 last", history.get(history.size() - 1).to(), current);
        for (SyncState state : SyncState.values()) {
            long entries = history.stream()
                    .filter(edge -> edge.to().equals(state.label()))
                    .count();
            long exits = history.stream()
                    .filter(edge -> edge.from().equals(state.label()))
                    .count();
            long first = history.get(0).from().equals(state.label()) ? 1 : 0;
            long last = current.equals(state.label()) ? 1 : 0;
            findings.equal(who + " I8 " + state, entries + first, exits + last);
        }
    }

    private void errors(ErrorMetricsMXBean errors, OperationMetricsMXBean ops) {
        findings.equal(
                who + " I10 total",
                errors.getTotalErrors(),
                errors.getNetworkErrors()
                        + errors.getDatabaseErrors()
                        + errors.getApplyErrors()
                        + errors.getValidationErrors()
                        + errors.getOtherErrors());
        findings.equal(
                who + " I10 network",
                errors.getNetworkErrors(),
                ops.getFailedBroadcasts() + ops.getRetryFailures() + ops.getRequestsFailed());
        findings.equal(
                who + " I10 apply",
                errors.getApplyErrors(),
                count(ops.getRejectedByReason(), "apply_error")
                        + count(ops.getRejectedByReason(), "missing_dependency"));
        findings.equal(
                who + " I10 validation",
                errors.getValidationErrors(),
                count(ops.getRejectedByReason(), "validation")
                        + count(ops.getRejectedByReason(), "not_owner")
                        + count(ops.getRejectedByReason(), "clock_ahead")
                        + errors.getFramesRejected()
                        + sum(ops.getPeersRefused()));
        findings.equal(
                who + " I10 recent",
                Math.min(100, errors.getTotalErrors()),
                errors.getRecentErrors().size());
        findings.equal(
                who + " I11",
                errors.getConflictsDetected(),
                errors.getConflictsResolvedByHlc() + errors.getConflictsResolvedByDelete());
        findings.equal(
                who + " I11 by hlc",
                errors.getConflictsResolvedByHlc(),
                errors.getConflictsKeptLocal() + errors.getConflictsTookRemote());
        findings.equal(
                who + " I11 stale",
                count(ops.getRejectedByReason(), "stale"),
                errors.getConflictsKeptLocal() + errors.getAncestorsLate());
    }

    /** Every distribution and every level, whatever it is called. */
    private void levels(SyncMetricsSnapshot now) {
        for (Category category : Category.values()) {
            for (MetricDescription metric : MetricGroup.describe(category.type())) {
                Object value = now.group(category).values().get(metric.attribute());
                if (value instanceof Latency.Summary summary) {
                    distribution(who + " I12 " + metric.attribute(), summary);
                } else if (value instanceof Map<?, ?> family) {
                    family.values().stream()
                            .filter(Latency.Summary.class::isInstance)
                            .forEach(each -> distribution(who + " I12 " + metric.attribute(), (Latency.Summary) each));
                } else if (value instanceof Number level
                        && !metric.flat()
                        && !metric.attribute().contains("Drift")) {
                    findings.holds(who + " I14 " + metric.attribute(), level.doubleValue() >= 0, level);
                }
            }
        }
    }

    private void distribution(String law, Latency.Summary summary) {
        boolean lawful = summary.count() == 0
                ? summary.equals(Latency.Summary.EMPTY)
                : rises(summary.min(), summary.avg(), summary.max())
                        && rises(summary.p50(), summary.p95(), summary.p99(), summary.max())
                        && rises(times(summary.min(), summary), summary.sum(), times(summary.max(), summary));
        findings.holds(law, lawful, summary);
    }

    private static @Nullable Double times(@Nullable Double value, Latency.Summary summary) {
        return value == null ? null : value * summary.count();
    }

    private static boolean rises(@Nullable Double... values) {
        double last = Double.NEGATIVE_INFINITY;
        for (Double value : values) {
            if (value == null || value < last - 1e-6) {
                return false;
            }
            last = value;
        }
        return true;
    }

    private void nothingWaitsInReady() {
        SyncLevels levels = run.engine().levels();
        boolean settled = levels.state() == SyncState.READY
                && levels.links().stream().noneMatch(link -> link.activeSessions() > 0 || link.needsCatchUp());
        if (settled) {
            findings.equal(who + " I16", 0, overLinks(levels, SyncLevels.Link::heldBuffer));
        }
    }

    private void histograms() {
        counted("I13 batches", OperationMetricsMXBean::getBroadcastBatchesSent, now -> now.performance()
                .getBroadcastLatency());
        counted("I13 applied", OperationMetricsMXBean::getChangesApplied, now -> now.performance()
                .getApplyLatency());
        counted("I13 pages", OperationMetricsMXBean::getBackfillPaginationRounds, now -> now.performance()
                .getBackfillRequestLatency());
        counted(
                "I13 sessions",
                ops -> ops.getBackfillSessionsCompleted() + sum(ops.getSessionsFailed()),
                now -> now.performance().getSessionDuration());
        findings.equal(
                who + " I5 attempts",
                account.ops(OperationMetricsMXBean::getRetryAttempts),
                account.ops(ops -> ops.getRetrySuccesses() + ops.getRetryFailures()));
    }

    private void counted(
            String law,
            ToLongFunction<OperationMetricsMXBean> events,
            Function<SyncMetricsSnapshot, Latency.Summary> distribution) {
        findings.equal(who + " " + law, account.ops(events), account.sum(epoch -> distribution
                .apply(epoch)
                .count()));
    }

    private void partsOf(String dimension, List<String> names, Function<String, SnapshotFilter> filter) {
        List<SyncMetricsSnapshot> parts = names.stream()
                .map(name -> run.metrics().snapshot(filter.apply(name)))
                .toList();
        findings.equal(
                who + " I3 received over " + dimension + "s",
                account.now().operations().getChangesReceived(),
                parts.stream()
                        .mapToLong(part -> part.operations().getChangesReceived())
                        .sum());
        Parts.broken(dimension, account.now(), parts).forEach(law -> findings.add(who + " " + law));
    }

    /** I2 of each model on each link, where nothing is held any more. */
    private void eachLinkAndModel() {
        for (String peer : peers()) {
            for (String model : run.metrics().modelNames()) {
                Account part = Account.of(run, new SnapshotFilter(peer, model, Set.of()));
                findings.equal(
                        who + " I2 " + model + " from " + nameOf(peer),
                        part.ops(OperationMetricsMXBean::getChangesReceived) + foundHeld(peer, model),
                        part.ops(ops -> ops.getChangesApplied() + ops.getChangesRejected()));
            }
        }
    }

    private long foundHeld(String peer, String model) {
        return run.foundHeld().stream()
                .filter(held -> held.link().toString().equals(peer)
                        && held.model().name().equals(model))
                .count();
    }

    private List<String> peers() {
        return run.store().read(LibraryReader::devices).stream()
                .filter(member -> !member.self())
                .map(member -> member.id().toString())
                .toList();
    }

    private String nameOf(String peer) {
        return run.store().read(LibraryReader::devices).stream()
                .filter(member -> member.id().equals(DeviceId.parse(peer)))
                .map(Stored.Device::name)
                .findFirst()
                .orElse(peer);
    }

    private void now(
            String law, ToLongFunction<OperationMetricsMXBean> left, ToLongFunction<OperationMetricsMXBean> right) {
        OperationMetricsMXBean ops = account.now().operations();
        findings.equal(who + " " + law, left.applyAsLong(ops), right.applyAsLong(ops));
    }

    private static long overLinks(SyncLevels levels, Function<SyncLevels.Link, Map<ModelType, Long>> level) {
        return levels.links().stream().mapToLong(link -> sum(level.apply(link))).sum();
    }

    private static long count(Map<String, Long> counts, String key) {
        return counts.getOrDefault(key, 0L);
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
