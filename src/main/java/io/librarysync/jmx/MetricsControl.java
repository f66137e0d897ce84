package io.librarysync.jmx;

import io.librarysync.export.ScreenStyle;
import io.librarysync.history.MetricsHistory;
import io.librarysync.history.Window;
import io.librarysync.metrics.SyncMetrics;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers the Control bean out of the metrics and their history. */
record MetricsControl(SyncMetrics metrics, MetricsHistory history, String version) implements MetricsControlMXBean {

    @Override
    public boolean isEnabled() {
        return metrics.isEnabled();
    }

    @Override
    public void setEnabled(boolean enabled) {
        if (enabled) {
            metrics.enable(history);
        } else {
            metrics.disable(history);
        }
    }

    @Override
    public String getLibraryId() {
        return metrics.library().id();
    }

    @Override
    public String getLibraryName() {
        return metrics.library().name();
    }

    @Override
    public String getDeviceId() {
        return metrics.device().id();
    }

    @Override
    public String getDeviceName() {
        return metrics.device().name();
    }

    @Override
    public String getVersion() {
        return version;
    }

    @Override
    public long getProcessStartedEpochMillis() {
        return metrics.startedAt().toEpochMilli();
    }

    @Override
    public String getEpochId() {
        return metrics.epoch().id();
    }

    @Override
    public long getEpochStartedEpochMillis() {
        return metrics.epoch().startedAt().toEpochMilli();
    }

    @Override
    public int getHistorySize() {
        return history.size();
    }

    @Override
    public int getHistoryCapacity() {
        return history.capacity();
    }

    @Override
    public long getPersistedSnapshots() {
        return history.storedSnapshots();
    }

    @Override
    public long getLastPersistedEpochMillis() {
        return history.lastStoredEpochMillis();
    }

    @Override
    public MetricsView snapshot() {
        return MetricsView.of(metrics.snapshot());
    }

    @Override
    public MetricsView query(
            @Nullable String since,
            @Nullable String until,
            @Nullable String peer,
            @Nullable String model,
            @Nullable String categories) {
        return MetricsView.of(question(since, until, peer, model, categories).answer(history));
    }

    @Override
    public String report(
            @Nullable String since,
            @Nullable String until,
            @Nullable String peer,
            @Nullable String model,
            @Nullable String categories) {
        ScreenStyle style = ScreenStyle.PLAIN.in(ZoneId.systemDefault());
        return question(since, until, peer, model, categories).screen(history, style);
    }

    @Override
    public long captureSnapshot() {
        return history.store();
    }

    @Override
    public MetricsView reset() {
        return MetricsView.of(metrics.reset(history));
    }

    private MetricsQuery question(
            @Nullable String since,
            @Nullable String until,
            @Nullable String peer,
            @Nullable String model,
            @Nullable String categories) {
        Window window = Window.between(since, until, metrics.now(), ZoneId.systemDefault());
        return new MetricsQuery(window, peer, model, split(categories));
    }

    private static List<String> split(@Nullable String categories) {
        return categories == null
                ? List.of()
                : Arrays.stream(categories.split(",")).map(String::strip).toList();
    }
}
