package io.librarysync.export;

import io.librarysync.instrument.GroupSnapshot;
import io.librarysync.instrument.Latency;
import io.librarysync.metrics.PerformanceMetricsMXBean;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The Performance section. */
final class PerformanceSection {
    private final SyncMetricsSnapshot snapshot;
    private final GroupSnapshot<PerformanceMetricsMXBean> performance;
    private final Layout layout;

    PerformanceSection(SyncMetricsSnapshot snapshot, Layout layout) {
        this.snapshot = snapshot;
        this.performance = snapshot.group(PerformanceMetricsMXBean.class);
        this.layout = layout;
    }

    void add() {
        layout.title("Performance");
        layout.group("Latency", latencies());
        layout.group("Sync lag", lags());
        layout.group("HLC", clocks());
    }

    private List<String> latencies() {
        List<String> lines = new ArrayList<>();
        addLatency(lines, "Broadcast", PerformanceMetricsMXBean::getBroadcastLatency);
        addLatency(lines, "Apply", PerformanceMetricsMXBean::getApplyLatency);
        addLatency(lines, "Backfill request", PerformanceMetricsMXBean::getBackfillRequestLatency);
        return lines;
    }

    private void addLatency(
            List<String> lines, String name, Function<PerformanceMetricsMXBean, Latency.Summary> getter) {
        performance.find(getter).ifPresent(latency -> lines.add(name + ": " + describe(latency)));
    }

    private static String describe(Latency.Summary latency) {
        Double avg = latency.avg();
        Double p95 = latency.p95();
        Double max = latency.max();
        if (avg == null || p95 == null || max == null) {
            return Formats.UNKNOWN;
        }
        return "avg " + Formats.latency(avg) + ", p95 " + Formats.latency(p95) + ", max " + Formats.latency(max);
    }

    private List<String> lags() {
        List<String> lines = new ArrayList<>();
        performance.find(PerformanceMetricsMXBean::getWatermarkLagMillis).ifPresent(lags -> lags.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(lag -> Names.of(snapshot, lag.getKey())))
                .forEach(lag -> lines.add(
                        Formats.clean(Names.of(snapshot, lag.getKey())) + ": " + describeLag(lag.getValue()))));
        if (isWhole()) {
            lines.add("Watermark age: "
                    + performance
                            .find(PerformanceMetricsMXBean::getWatermarkAgeMillis)
                            .map(Formats::age)
                            .orElse(Formats.UNKNOWN));
        }
        return lines;
    }

    private String describeLag(long millis) {
        return millis == 0
                ? "0ms (" + layout.paint(Colour.GOOD, "synced") + ")"
                : Formats.age(millis) + " (" + Formats.seconds(millis) + " behind)";
    }

    private List<String> clocks() {
        if (!isWhole()) {
            return List.of();
        }
        return List.of(
                "Physical drift: "
                        + performance
                                .find(PerformanceMetricsMXBean::getHlcPhysicalDriftMillis)
                                .map(PerformanceSection::signed)
                                .orElse(Formats.UNKNOWN),
                "Counter max: "
                        + performance
                                .find(PerformanceMetricsMXBean::getHlcCounterMax)
                                .map(Formats::count)
                                .orElse(Formats.UNKNOWN));
    }

    private boolean isWhole() {
        return snapshot.peer() == null && snapshot.model() == null;
    }

    private static String signed(long millis) {
        return (millis > 0 ? "+" : "") + millis + "ms";
    }
}
