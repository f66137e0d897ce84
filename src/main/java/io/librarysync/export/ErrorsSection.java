package io.librarysync.export;

import io.librarysync.instrument.GroupSnapshot;
import io.librarysync.instrument.MetricDescription;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.metrics.Activity.Work;
import io.librarysync.metrics.ErrorEvent;
import io.librarysync.metrics.ErrorMetricsMXBean;
import io.librarysync.metrics.OperationMetricsMXBean;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The Errors section, with the lost block. */
final class ErrorsSection {
    private static final int CAUSES = 3;

    private final SyncMetricsSnapshot snapshot;
    private final GroupSnapshot<ErrorMetricsMXBean> group;
    private final ErrorMetricsMXBean errors;
    private final Layout layout;
    private final ScreenStyle style;
    private final TrendColumn trend;
    private final String window;

    ErrorsSection(SyncMetricsSnapshot snapshot, Layout layout, ScreenStyle style, TrendColumn trend, String window) {
        this.snapshot = snapshot;
        this.group = snapshot.group(ErrorMetricsMXBean.class);
        this.errors = group.as();
        this.layout = layout;
        this.style = style;
        this.trend = trend;
        this.window = window;
    }

    void add() {
        layout.title("Errors" + window);
        layout.labelled(trend.beside("Total: " + total(), Layout.LABEL_COLUMN, Work.ERRORS));
        layout.group(
                "By type",
                Shares.ordered(types())
                        .map(type -> type.getKey() + ": " + Formats.count(type.getValue()) + causes(type.getKey()))
                        .toList());
        layout.blank();
        layout.labelled("Conflicts: " + conflicts());
        snapshot.group(OperationMetricsMXBean.class)
                .find(OperationMetricsMXBean::getRetryQueueDepth)
                .ifPresent(depth -> layout.labelled("Retry queue: " + Formats.count(depth) + " pending"));
        addLost();
        layout.list("Recent errors", recent());
    }

    private Map<String, Long> types() {
        Map<String, Long> types = new LinkedHashMap<>();
        group.find(ErrorMetricsMXBean::getNetworkErrors).ifPresent(count -> types.put("Network", count));
        types.put("Database", errors.getDatabaseErrors());
        types.put("Apply", errors.getApplyErrors());
        types.put("Validation", errors.getValidationErrors());
        types.put("Other", errors.getOtherErrors());
        return types;
    }

    /** Up to three causes of a type, the most frequent first. */
    private String causes(String type) {
        String prefix = type.toLowerCase(Locale.ROOT) + ".";
        String causes = Shares.ordered(errors.getErrorsByCause())
                .map(Map.Entry::getKey)
                .filter(cause -> cause.startsWith(prefix))
                .limit(CAUSES)
                .map(cause -> cause.substring(prefix.length()).replace('_', ' '))
                .collect(Collectors.joining(", "));
        return causes.isEmpty() ? "" : " (" + causes + ")";
    }

    private String conflicts() {
        return Formats.count(errors.getConflictsDetected()) + " ("
                + Formats.count(errors.getConflictsResolvedByHlc()) + " by clock, "
                + Formats.count(errors.getConflictsResolvedByDelete()) + " by delete)";
    }

    private void addLost() {
        Map<String, Long> lost = lost();
        String all = Shares.inOneLine(lost);
        layout.labelled("Lost: " + (all.isEmpty() ? "nothing" : layout.paint(Colour.BAD, all)));
        layout.items(Shares.ordered(lost)
                .map(part -> part.getKey() + ": " + LostAdvice.of(part.getKey().replace(' ', '_')))
                .toList());
    }

    private Map<String, Long> lost() {
        Map<String, Long> lost = new LinkedHashMap<>();
        for (MetricDescription metric : MetricGroup.describe(ErrorMetricsMXBean.class)) {
            if (SnapshotJson.isLost(metric) && group.values().get(metric.attribute()) instanceof Long count) {
                lost.put(SnapshotJson.key(metric).replace('_', ' '), count);
            }
        }
        return lost;
    }

    private List<String> recent() {
        return errors.getRecentErrors().stream()
                .limit(style.recentErrors())
                .map(this::describe)
                .toList();
    }

    private String describe(ErrorEvent error) {
        String time =
                Formats.clock(Instant.ofEpochMilli(error.timestampEpochMillis()), snapshot.timestamp(), style.zone());
        String type = error.errorType().substring(0, 1).toUpperCase(Locale.ROOT)
                + error.errorType().substring(1);
        return "[" + time + "] " + type + ": " + Formats.clean(error.message());
    }

    private String total() {
        long total = errors.getTotalErrors();
        String text = Formats.count(total, "error");
        return total > 0 ? layout.paint(Colour.BAD, text) : text;
    }
}
