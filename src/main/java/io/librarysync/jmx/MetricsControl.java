package io.librarysync.jmx;

import io.librarysync.export.ScreenStyle;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers the Control bean out of the metrics and the archive. */
record MetricsControl(SyncMetrics metrics, SnapshotArchive archive, String version) implements MetricsControlMXBean {

    @Override
    public boolean isEnabled() {
        return metrics.isEnabled();
    }

    @Override
    public void setEnabled(boolean enabled) {
        if (enabled) {
            metrics.enable(archive);
        } else {
            metrics.disable(archive);
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
    public long getPersistedSnapshots() {
        return archive.size();
    }

    @Override
    public long getLastPersistedEpochMillis() {
        return archive.newestEpochMillis();
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
        return MetricsView.of(answer(since, until, peer, model, categories));
    }

    @Override
    public String report(
            @Nullable String since,
            @Nullable String until,
            @Nullable String peer,
            @Nullable String model,
            @Nullable String categories) {
        return new MetricsQuery(since, until, peer, model, split(categories)).screen(metrics, ScreenStyle.PLAIN);
    }

    @Override
    public long captureSnapshot() {
        return archive.capture(metrics.snapshot());
    }

    @Override
    public MetricsView reset() {
        if (!metrics.isEnabled()) {
            throw new IllegalStateException("metrics are disabled, there is no epoch to close; switch them on first");
        }
        return MetricsView.of(metrics.reset(archive));
    }

    private SyncMetricsSnapshot answer(
            @Nullable String since,
            @Nullable String until,
            @Nullable String peer,
            @Nullable String model,
            @Nullable String categories) {
        return new MetricsQuery(since, until, peer, model, split(categories)).answer(metrics);
    }

    private static List<String> split(@Nullable String categories) {
        return categories == null
                ? List.of()
                : Arrays.stream(categories.split(",")).map(String::strip).toList();
    }
}
