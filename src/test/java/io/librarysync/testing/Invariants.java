package io.librarysync.testing;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.SyncState;
import io.librarysync.engine.LibraryModels;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The laws that the numbers of quiescent devices obey, on each device and between them, for scenarios without injected
 * faults. All broken ones are told at once, each with both sides and the difference.
 */
public final class Invariants {

    private final List<String> broken = new ArrayList<>();

    private final InProcessNetwork network;

    private Invariants(InProcessNetwork network) {
        this.network = network;
    }

    /** Checks every device and every pair; the library must be quiescent and all devices connected. */
    public static void check(TestLibrary library) {
        Invariants laws = new Invariants(library.network());
        library.devices().forEach(laws::onOne);
        for (TestDevice from : library.devices()) {
            for (TestDevice to : library.devices()) {
                if (from != to) {
                    laws.across(from, to);
                }
            }
        }
        if (!laws.broken.isEmpty()) {
            throw new AssertionError(String.join("\n", laws.broken));
        }
    }

    private void onOne(TestDevice device) {
        SyncMetricsSnapshot snapshot = device.snapshot();
        String who = snapshot.device().name();
        OperationMetricsMXBean ops = snapshot.operations();
        changes(who, ops);
        sending(who, ops);
        sessions(who, ops);
        volume(who, snapshot);
        state(who, snapshot);
        errors(who, snapshot.errors(), ops);
        histograms(who, snapshot);
        levels(who, snapshot);
        List<SyncMetricsSnapshot> byPeer = library(device).stream()
                .map(peer -> device.metrics().snapshot(SnapshotFilter.ofPeer(peer.toString())))
                .toList();
        equal(
                who + " I3 received over peers",
                ops.getChangesReceived(),
                byPeer.stream()
                        .mapToLong(peer -> peer.operations().getChangesReceived())
                        .sum());
        List<SyncMetricsSnapshot> byModel = device.metrics().modelNames().stream()
                .map(model -> device.metrics().snapshot(SnapshotFilter.ofModel(model)))
                .toList();
        equal(
                who + " I3 received over models",
                ops.getChangesReceived(),
                byModel.stream()
                        .mapToLong(model -> model.operations().getChangesReceived())
                        .sum());
        Parts.broken("peer", snapshot, byPeer).forEach(law -> broken.add(who + " " + law));
        Parts.broken("model", snapshot, byModel).forEach(law -> broken.add(who + " " + law));
    }

    /** Every distribution and every level, whatever it is called. */
    private void levels(String who, SyncMetricsSnapshot snapshot) {
        for (Category category : Category.values()) {
            for (MetricDescription metric : MetricGroup.describe(category.type())) {
                Object value = snapshot.group(category).values().get(metric.attribute());
                if (value instanceof Latency.Summary summary) {
                    distribution(who + " I12 " + metric.attribute(), summary);
                } else if (value instanceof Map<?, ?> family) {
                    family.values().stream()
                            .filter(Latency.Summary.class::isInstance)
                            .forEach(each -> distribution(who + " I12 " + metric.attribute(), (Latency.Summary) each));
                } else if (value instanceof Number level
                        && !metric.flat()
                        && !metric.attribute().contains("Drift")) {
                    holds(who + " I14 " + metric.attribute(), level.doubleValue() >= 0, level);
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
        holds(law, lawful, summary);
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

    private void changes(String who, OperationMetricsMXBean ops) {
        equal(who + " I1", ops.getBroadcastsSent(), ops.getStateChangesBroadcast() + ops.getSharedChangesBroadcast());
        equal(
                who + " I2",
                ops.getChangesReceived(),
                ops.getChangesApplied() + ops.getChangesRejected() + ops.getBufferQueueDepth());
        equal(
                who + " I4",
                ops.getLocalChangesCommitted(),
                ops.getBroadcastsSent() + sum(ops.getChangesDeferred()) + ops.getOutboxDepth());
        equal(who + " I16", 0, ops.getHeldBuffer());
    }

    private void sending(String who, OperationMetricsMXBean ops) {
        equal(who + " I5 failed", ops.getFailedBroadcasts(), ops.getRetryEnqueued() + ops.getRetryOverflow());
        equal(
                who + " I5 enqueued",
                ops.getRetryEnqueued(),
                ops.getRetrySuccesses()
                        + ops.getRetryExhausted()
                        + ops.getRetrySuperseded()
                        + ops.getRetryQueueDepth());
        equal(who + " I5 attempts", ops.getRetryAttempts(), ops.getRetrySuccesses() + ops.getRetryFailures());
        equal(
                who + " I5 addressed",
                ops.getChangesAddressed(),
                ops.getChangesDelivered() + ops.getChangesUndelivered() + ops.getChangesOutstanding());
    }

    private void sessions(String who, OperationMetricsMXBean ops) {
        for (String kind : ops.getSessionsStarted().keySet()) {
            equal(
                    who + " I6 " + kind,
                    count(ops.getSessionsStarted(), kind),
                    count(ops.getSessionsCompleted(), kind) + count(ops.getSessionsFailed(), kind));
        }
        equal(who + " I6 active", 0, ops.getActiveBackfillSessions());
    }

    private void volume(String who, SyncMetricsSnapshot snapshot) {
        long contributed = snapshot.operations().getBroadcastsSent()
                + snapshot.operations().getChangesApplied();
        equal(who + " I7 by model", contributed, snapshot.dataVolume().getTotalSynced());
        long byDevice = snapshot.dataVolume().getEntriesByDevice().values().stream()
                .mapToLong(volume -> volume.recordsSent() == null
                        ? Objects.requireNonNullElse(volume.entriesReceived(), 0L)
                        : volume.recordsSent())
                .sum();
        equal(who + " I7 by device", contributed, byDevice);
    }

    private void state(String who, SyncMetricsSnapshot snapshot) {
        equal(
                who + " I8 time",
                snapshot.state().getUptimeMillis(),
                sum(snapshot.state().getTotalTimeInState()));
        List<StateTransition> history = snapshot.state().getStateHistory();
        equal(
                who + " I8 transitions",
                history.size(),
                Math.min(100, sum(snapshot.state().getTransitionCount())));
        equal(who + " I9", 0, snapshot.state().getIllegalTransitions());
        for (String edge : snapshot.state().getTransitionCount().keySet()) {
            String[] ends = edge.split("->", -1);
            holds(who + " I9", SyncState.ofLabel(ends[0]).mayBecome(SyncState.ofLabel(ends[1])), edge);
        }
        if (!history.isEmpty()) {
            chain(who, history, snapshot.state().getCurrentState());
        }
    }

    private void chain(String who, List<StateTransition> history, String current) {
        for (int i = 1; i < history.size(); i++) {
            same(who + " I8 chain", history.get(i - 1).to(), history.get(i).from());
        }
        same(who + " I8 last", history.get(history.size() - 1).to(), current);
        for (SyncState state : SyncState.values()) {
            long entries = history.stream()
                    .filter(edge -> edge.to().equals(state.label()))
                    .count();
            long exits = history.stream()
                    .filter(edge -> edge.from().equals(state.label()))
                    .count();
            long first = history.get(0).from().equals(state.label()) ? 1 : 0;
            long last = current.equals(state.label()) ? 1 : 0;
            equal(who + " I8 " + state, entries + first, exits + last);
        }
    }

    private void errors(String who, ErrorMetricsMXBean errors, OperationMetricsMXBean ops) {
        equal(
                who + " I10 total",
                errors.getTotalErrors(),
                errors.getNetworkErrors()
                        + errors.getDatabaseErrors()
                        + errors.getApplyErrors()
                        + errors.getValidationErrors()
                        + errors.getOtherErrors());
        equal(
                who + " I10 network",
                errors.getNetworkErrors(),
                ops.getFailedBroadcasts() + ops.getRetryFailures() + ops.getRequestsFailed());
        equal(
                who + " I10 apply",
                errors.getApplyErrors(),
                count(ops.getRejectedByReason(), "apply_error")
                        + count(ops.getRejectedByReason(), "missing_dependency"));
        equal(
                who + " I10 validation",
                errors.getValidationErrors(),
                count(ops.getRejectedByReason(), "validation")
                        + count(ops.getRejectedByReason(), "not_owner")
                        + count(ops.getRejectedByReason(), "clock_ahead")
                        + errors.getFramesRejected()
                        + sum(ops.getPeersRefused()));
        equal(
                who + " I10 recent",
                Math.min(100, errors.getTotalErrors()),
                errors.getRecentErrors().size());
        equal(
                who + " I11",
                errors.getConflictsDetected(),
                errors.getConflictsResolvedByHlc() + errors.getConflictsResolvedByDelete());
        equal(
                who + " I11 stale",
                ops.getRejectedByReason().getOrDefault("stale", 0L),
                errors.getConflictsKeptLocal() + errors.getAncestorsLate());
    }

    private void histograms(String who, SyncMetricsSnapshot snapshot) {
        OperationMetricsMXBean ops = snapshot.operations();
        var performance = snapshot.performance();
        counts(who + " I13 batches", ops.getBroadcastBatchesSent(), performance.getBroadcastLatency());
        counts(who + " I13 applied", ops.getChangesApplied(), performance.getApplyLatency());
        counts(who + " I13 pages", ops.getBackfillPaginationRounds(), performance.getBackfillRequestLatency());
        counts(
                who + " I13 sessions",
                ops.getBackfillSessionsCompleted() + sum(ops.getSessionsFailed()),
                performance.getSessionDuration());
    }

    private void across(TestDevice from, TestDevice to) {
        String link =
                from.snapshot().device().name() + "->" + to.snapshot().device().name();
        SyncMetricsSnapshot sent =
                from.metrics().snapshot(SnapshotFilter.ofPeer(to.id().toString()));
        SyncMetricsSnapshot taken =
                to.metrics().snapshot(SnapshotFilter.ofPeer(from.id().toString()));
        InProcessNetwork.Traffic lost = network.lost(from.id(), to.id());
        equal(
                link + " C4 bytes",
                sent.dataVolume().getBytesSent(),
                taken.dataVolume().getBytesReceived() + lost.bytes());
        equal(
                link + " C4 frames",
                sum(sent.dataVolume().getFramesSent()),
                sum(taken.dataVolume().getFramesReceived()) + lost.frames());
        if (lost.frames() == 0) {
            withoutLoss(link, sent, taken);
        }
        if (lost.frames() == 0 && sent.operations().getFailedBroadcasts() == 0) {
            byModel(link, from, to);
        }
        equal(
                link + " C5 acks",
                taken.operations().getAcksSent(),
                sent.operations().getAcksReceived());
        same(link + " C6", ownSeq(from), progressOf(to, from.id()));
        same(link + " C8", ownHeads(from), headsOf(to, from.id()));
        same(link + " C9", from.store().contentDigests(), to.store().contentDigests());
    }

    private void withoutLoss(String link, SyncMetricsSnapshot sent, SyncMetricsSnapshot taken) {
        same(
                link + " C4 types",
                sent.dataVolume().getFramesSent(),
                taken.dataVolume().getFramesReceived());
        equal(
                link + " C5 pages",
                sent.operations().getPagesServed(),
                taken.operations().getBackfillPaginationRounds());
        if (sent.operations().getFailedBroadcasts() == 0) {
            equal(
                    link + " C1",
                    sent.operations().getChangesDelivered() + sent.operations().getRecordsServed(),
                    taken.operations().getChangesReceived());
        }
    }

    /** What is passed of each model. */
    private void byModel(String link, TestDevice from, TestDevice to) {
        for (String model : from.metrics().modelNames()) {
            OperationMetricsMXBean sent = on(from, to, model);
            equal(
                    link + " C1 " + model,
                    sent.getChangesDelivered() + sent.getRecordsServed(),
                    on(to, from, model).getChangesReceived());
        }
    }

    private static OperationMetricsMXBean on(TestDevice device, TestDevice peer, String model) {
        SnapshotFilter filter = new SnapshotFilter(peer.id().toString(), model, Set.of());
        return device.metrics().snapshot(filter).operations();
    }

    private static List<DeviceId> library(TestDevice device) {
        return device.store().read(LibraryReader::devices).stream()
                .filter(member -> !member.self())
                .map(Stored.Device::id)
                .toList();
    }

    private static long ownSeq(TestDevice device) {
        return device.store().read(LibraryReader::clock).lastSeq();
    }

    private static long progressOf(TestDevice device, DeviceId author) {
        return device.store().read(LibraryReader::authorProgress).stream()
                .filter(progress -> progress.author().equals(author))
                .mapToLong(Stored.AuthorProgress::seq)
                .sum();
    }

    private static Map<String, Long> ownHeads(TestDevice device) {
        Map<String, Long> heads = new HashMap<>();
        for (ModelType model : LibraryModels.types()) {
            long rev = model.isShared() ? 0 : device.store().read(library -> library.lastRev(model, device.id()));
            if (rev > 0) {
                heads.put(model.name(), rev);
            }
        }
        return heads;
    }

    private static Map<String, Long> headsOf(TestDevice device, DeviceId owner) {
        return device.store().read(LibraryReader::watermarks).stream()
                .filter(mark -> mark.owner().equals(owner))
                .collect(Collectors.toMap(mark -> mark.model().name(), Stored.Watermark::rev));
    }

    private void counts(String law, long events, Latency.Summary summary) {
        equal(law, events, summary.count());
    }

    private void equal(String law, long left, long right) {
        if (left != right) {
            broken.add(law + ": " + left + " is not " + right + ", difference " + (left - right));
        }
    }

    private void holds(String law, boolean lawful, Object what) {
        if (!lawful) {
            broken.add(law + ": " + what);
        }
    }

    private void same(String law, Object left, Object right) {
        if (!left.equals(right)) {
            broken.add(law + ": " + left + " is not " + right);
        }
    }

    private static long count(Map<String, Long> counts, String key) {
        return counts.getOrDefault(key, 0L);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
