package io.librarysync.export;

import io.librarysync.history.Trend;
import io.librarysync.metrics.Activity.Work;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.DataVolumeMetricsMXBean;
import io.librarysync.metrics.DeviceVolume;
import io.librarysync.metrics.EpochInfo;
import io.librarysync.metrics.SnapshotWindow;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The screen of {@code sd sync metrics}. */
public final class MetricsScreen {
    private static final int RULE_WIDTH = 59;

    private final SyncMetricsSnapshot snapshot;
    private final Layout layout;
    private final ScreenStyle style;
    private final TrendColumn trend;

    private MetricsScreen(SyncMetricsSnapshot snapshot, ScreenStyle style, Optional<Trend> trend) {
        this.snapshot = snapshot;
        this.style = style;
        this.layout = new Layout(style);
        this.trend = new TrendColumn(trend, style);
    }

    /**
     * The screen as text, each line ended.
     *
     * @param snapshot with all categories, whatever is shown: a section may speak of a neighbour's numbers
     * @param shown the sections wanted
     */
    public static String render(SyncMetricsSnapshot snapshot, Set<Category> shown, ScreenStyle style) {
        return render(snapshot, shown, style, Optional.empty());
    }

    /** The same with the pace of work beside its totals and a line of rates at the end. */
    public static String render(
            SyncMetricsSnapshot snapshot, Set<Category> shown, ScreenStyle style, Optional<Trend> trend) {
        boolean recorded = snapshot.enabled() || snapshot.window().span() != SnapshotWindow.Span.EPOCH;
        String screen = recorded ? new MetricsScreen(snapshot, style, trend).render(shown) : "";
        return snapshot.enabled() ? screen : disabled() + screen;
    }

    private static String disabled() {
        return "Metrics are disabled on this device; enable them with: sd sync enable\n";
    }

    private String render(Set<Category> shown) {
        layout.title(
                "Sync Metrics (Library: " + Formats.clean(snapshot.library().name()) + ")");
        layout.line("━".repeat(RULE_WIDTH));
        addFilter();
        if (shown.contains(Category.STATE)) {
            new StateSection(snapshot, layout).add();
        }
        if (shown.contains(Category.OPERATIONS)) {
            new OperationsSection(snapshot, layout, trend, window()).add();
        }
        if (shown.contains(Category.DATA_VOLUME)) {
            addDataVolume();
        }
        if (shown.contains(Category.PERFORMANCE)) {
            new PerformanceSection(snapshot, layout).add();
        }
        if (shown.contains(Category.ERRORS)) {
            new ErrorsSection(snapshot, layout, style, trend, window()).add();
        }
        addNotSplit(shown);
        trend.addTo(layout);
        return layout.text();
    }

    /** The true stretch of time that the numbers speak of. */
    private String window() {
        SnapshotWindow window = snapshot.window();
        String length =
                Formats.duration(Duration.between(window.from(), window.to()).toMillis());
        boolean isEarliest = window.missing().stream().anyMatch(MetricsScreen::isEarliestKnown);
        String stretch =
                switch (window.span()) {
                    case EPOCH -> opening() + ", " + length;
                    case LAST -> isEarliest ? "since " + clock(window.from()) : "last " + length;
                    case PAST -> clock(window.from()) + " to " + clock(window.to());
                };
        return " (" + stretch + (isEarliest ? ", earliest known" : "") + gaps(window) + ")";
    }

    private String opening() {
        return switch (snapshot.epoch().openedBy()) {
            case EpochInfo.RESET -> "since reset";
            case EpochInfo.ENABLED -> "since enabled";
            default -> "since start";
        };
    }

    private String gaps(SnapshotWindow window) {
        String gaps = window.missing().stream()
                .filter(missing -> !isEarliestKnown(missing))
                .map(this::gap)
                .collect(Collectors.joining(", "));
        return gaps.isEmpty() ? "" : ", incomplete: " + gaps;
    }

    private String gap(SnapshotWindow.Missing missing) {
        String at = clock(Instant.ofEpochMilli(missing.atEpochMillis()));
        return missing.reason().equals(SnapshotWindow.DISABLED)
                ? "metrics off until " + at
                : missing.reason() + " at " + at;
    }

    private static boolean isEarliestKnown(SnapshotWindow.Missing missing) {
        return missing.reason().equals(SnapshotWindow.EARLIEST_KNOWN);
    }

    private String clock(Instant time) {
        return Formats.clock(time, snapshot.timestamp(), style.zone());
    }

    private void addFilter() {
        List<String> parts = new ArrayList<>();
        String peer = snapshot.peer();
        if (peer != null) {
            parts.add("peer " + Formats.clean(Names.of(snapshot, peer)));
        }
        String model = snapshot.model();
        if (model != null) {
            parts.add("model " + model);
        }
        if (!parts.isEmpty()) {
            layout.line("Filter: " + String.join(", ", parts));
        }
    }

    private void addDataVolume() {
        var volume = snapshot.group(DataVolumeMetricsMXBean.class);
        layout.title("Data Volume");
        volume.find(DataVolumeMetricsMXBean::getTotalSynced)
                .ifPresent(total -> layout.labelled("Total synced: " + Formats.count(total, "record")));
        volume.find(DataVolumeMetricsMXBean::getEntriesSynced)
                .ifPresent(models -> layout.group("By model", Shares.largestFirst(models)));
        volume.find(DataVolumeMetricsMXBean::getEntriesByDevice)
                .ifPresent(devices -> layout.group("By device", devices(devices)));
        if (volume.find(DataVolumeMetricsMXBean::getBytesTotal).isPresent()) {
            DataVolumeMetricsMXBean bytes = volume.as();
            layout.group(
                    "Bandwidth",
                    List.of(
                            beside("Sent: " + Formats.bytes(bytes.getBytesSent()), Work.BYTES_SENT),
                            beside("Received: " + Formats.bytes(bytes.getBytesReceived()), Work.BYTES_RECEIVED),
                            "Total: " + Formats.bytes(bytes.getBytesTotal())));
        }
    }

    private String beside(String total, Work work) {
        return trend.beside(total, Layout.ITEM_COLUMN, work);
    }

    private List<String> devices(Map<String, DeviceVolume> devices) {
        List<String> lines = new ArrayList<>();
        DeviceRow.peersLargestFirst(devices, snapshot.device().id())
                .forEach(device -> lines.add(Formats.clean(device.deviceName()) + ": "
                        + Formats.count(DeviceRow.records(device), "record") + " ("
                        + (Boolean.TRUE.equals(device.isOnline())
                                ? layout.paint(Colour.GOOD, "online")
                                : layout.paint(Colour.IDLE, "offline"))
                        + ")"));
        DeviceVolume self = devices.get(snapshot.device().id());
        if (self != null) {
            lines.add("This device: " + Formats.count(DeviceRow.records(self), "record"));
        }
        return lines;
    }

    private void addNotSplit(Set<Category> shown) {
        List<String> left = snapshot.groups().entrySet().stream()
                .filter(group -> shown.contains(group.getKey()))
                .flatMap(group -> SnapshotJson.notFilterable(group.getKey(), group.getValue()).stream())
                .toList();
        if (!left.isEmpty()) {
            layout.blank();
            String by = snapshot.model() == null ? "peer" : snapshot.peer() == null ? "model" : "peer and model";
            layout.line("Not split by " + by + ": " + String.join(", ", left));
        }
    }
}
