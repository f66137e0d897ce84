package io.librarysync.export;

import io.librarysync.instrument.GroupSnapshot;
import io.librarysync.metrics.Activity.Work;
import io.librarysync.metrics.OperationMetricsMXBean;
import io.librarysync.metrics.PerformanceMetricsMXBean;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.ArrayList;
import java.util.List;

/** The Operations section. */
final class OperationsSection {
    private final SyncMetricsSnapshot snapshot;
    private final GroupSnapshot<OperationMetricsMXBean> group;
    private final OperationMetricsMXBean operations;
    private final Layout layout;
    private final TrendColumn trend;
    private final String window;

    OperationsSection(SyncMetricsSnapshot snapshot, Layout layout, TrendColumn trend, String window) {
        this.snapshot = snapshot;
        this.group = snapshot.group(OperationMetricsMXBean.class);
        this.operations = group.as();
        this.layout = layout;
        this.trend = trend;
        this.window = window;
    }

    void add() {
        layout.title("Operations" + window);
        layout.group("Broadcasts", broadcasts());
        layout.group("Receives", receives());
        layout.group("Backfill", backfill());
    }

    private List<String> broadcasts() {
        long total = operations.getBroadcastsSent();
        return List.of(
                beside("Total: " + Formats.count(total, "change"), Work.BROADCAST),
                "State changes: " + share(operations.getStateChangesBroadcast(), total),
                "Shared changes: " + share(operations.getSharedChangesBroadcast(), total),
                "Batches: " + Formats.count(operations.getBroadcastBatchesSent()) + " (avg "
                        + Formats.mean(total, operations.getBroadcastBatchesSent()) + " items/batch)");
    }

    private List<String> receives() {
        long received = operations.getChangesReceived();
        return List.of(
                beside("Changes received: " + Formats.count(received), Work.RECEIVED),
                beside("Changes applied: " + share(operations.getChangesApplied(), received), Work.APPLIED),
                beside("Changes rejected: " + rejected(received), Work.REJECTED),
                "Buffer queue: " + Formats.count(operations.getBufferQueueDepth(), "item"));
    }

    private String beside(String total, Work work) {
        return trend.beside(total, Layout.ITEM_COLUMN, work);
    }

    private String rejected(long received) {
        long rejected = operations.getChangesRejected();
        if (rejected == 0) {
            return share(rejected, received);
        }
        return layout.paint(
                Colour.BUSY, share(rejected, received) + " – " + Shares.inOneLine(operations.getRejectedByReason()));
    }

    private List<String> backfill() {
        if (group.find(OperationMetricsMXBean::getBackfillSessionsCompleted).isEmpty()) {
            return List.of();
        }
        return List.of(
                "Sessions: " + sessions(),
                "Pagination rounds: " + Formats.count(operations.getBackfillPaginationRounds()),
                "Avg session duration: " + averageSession());
    }

    private String sessions() {
        List<String> parts = new ArrayList<>();
        parts.add(Formats.count(operations.getBackfillSessionsCompleted()) + " completed");
        long failed = operations.getSessionsFailed().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        if (failed > 0) {
            parts.add(layout.paint(Colour.BUSY, Formats.count(failed) + " failed"));
        }
        if (operations.getActiveBackfillSessions() > 0) {
            parts.add(Formats.count(operations.getActiveBackfillSessions()) + " running");
        }
        return String.join(", ", parts);
    }

    private String averageSession() {
        return snapshot.group(PerformanceMetricsMXBean.class)
                .find(PerformanceMetricsMXBean::getSessionDuration)
                .map(duration -> {
                    Double average = duration.avg();
                    return average == null ? Formats.UNKNOWN : Formats.latency(average);
                })
                .orElse(Formats.UNKNOWN);
    }

    private static String share(long part, long whole) {
        return Formats.count(part) + " (" + Formats.percent(part, whole) + ")";
    }
}
