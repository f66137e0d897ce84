package io.librarysync.http;

import com.sun.net.httpserver.HttpExchange;
import io.librarysync.export.EpochsJson;
import io.librarysync.export.EpochsScreen;
import io.librarysync.export.HistoryCsv;
import io.librarysync.export.HistoryJson;
import io.librarysync.export.HistoryScreen;
import io.librarysync.export.MetricName;
import io.librarysync.export.MetricSeries;
import io.librarysync.export.ScreenStyle;
import io.librarysync.history.Epoch;
import io.librarysync.history.MetricsHistory;
import io.librarysync.history.Steps;
import io.librarysync.history.TimeText;
import io.librarysync.history.Window;
import io.librarysync.metrics.Capture;
import io.librarysync.metrics.SnapshotFilter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /api/sync/history} and {@code /api/sync/epochs}: metrics over time, and the epochs that they are kept in. */
final class HistoryApi {
    private static final String CSV = "text/csv";
    private static final Set<String> HISTORY =
            Set.of("metric", "since", "until", "step", "peer", "model", "chart", "zone", "color", "ascii");
    private static final Set<String> EPOCHS = Set.of("zone", "ascii");

    private final MetricsHistory history;
    private final Supplier<Instant> now;

    HistoryApi(MetricsHistory history, Supplier<Instant> now) {
        this.history = history;
        this.now = now;
    }

    void history(HttpExchange exchange) throws IOException {
        SyncApi.answer(exchange, HISTORY, parameters -> {
            ScreenStyle style = SyncApi.style(parameters);
            MetricSeries series = series(parameters, style.zone());
            return switch (SyncApi.preferred(exchange, SyncApi.JSON, SyncApi.TEXT, CSV)) {
                case SyncApi.TEXT -> Reply.text(HistoryScreen.render(series, parameters.flag("chart"), style));
                case CSV -> Reply.csv(HistoryCsv.render(series));
                default -> Reply.json(HistoryJson.tree(series).toPrettyString());
            };
        });
    }

    void epochs(HttpExchange exchange) throws IOException {
        SyncApi.answer(exchange, EPOCHS, parameters -> {
            ScreenStyle style = SyncApi.style(parameters);
            List<Epoch> epochs = history.epochs();
            return SyncApi.preferred(exchange, SyncApi.JSON, SyncApi.TEXT).equals(SyncApi.TEXT)
                    ? Reply.text(EpochsScreen.render(epochs, style))
                    : Reply.json(EpochsJson.tree(epochs).toPrettyString());
        });
    }

    private MetricSeries series(Parameters parameters, ZoneId zone) {
        List<MetricName> metrics =
                parameters.all("metric").stream().map(MetricName::parse).toList();
        if (metrics.isEmpty()) {
            throw new IllegalArgumentException(
                    "metric: name at least one, such as changes_applied, bytes_sent or apply_latency_ms.p95");
        }
        Instant moment = now.get();
        Window.Between window = Window.between(parameters.one("since"), parameters.one("until"), moment, zone);
        return MetricSeries.of(
                history, Steps.of(window, step(parameters.one("step")), moment), filter(parameters), metrics);
    }

    private SnapshotFilter filter(Parameters parameters) {
        String peer = parameters.one("peer");
        String model = parameters.one("model");
        Capture current = history.capture(Window.CURRENT_EPOCH);
        return new SnapshotFilter(
                peer == null ? null : history.peerId(current, peer),
                model == null ? null : current.modelName(model),
                SnapshotFilter.NONE.categories());
    }

    private static @Nullable Duration step(@Nullable String text) {
        try {
            return text == null ? null : TimeText.length(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("step: " + e.getMessage(), e);
        }
    }
}
