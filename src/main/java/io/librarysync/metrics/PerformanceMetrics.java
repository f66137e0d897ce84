package io.librarysync.metrics;

import io.librarysync.domain.Hlc;
import io.librarysync.instrument.Highest;
import io.librarysync.instrument.HighestFamily;
import io.librarysync.instrument.Latency;
import io.librarysync.instrument.LatencyFamily;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.instrument.MetricRegistry;
import io.librarysync.record.SyncLevels;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The performance category. */
final class PerformanceMetrics extends MetricGroup<PerformanceMetricsMXBean, SyncView> {
    final LatencyFamily broadcastLatencies = latencies(PerformanceMetricsMXBean::getBroadcastLatency);
    final Latency broadcastLatency = broadcastLatencies.at();
    final LatencyFamily applyLatency = latencies(PerformanceMetricsMXBean::getApplyLatency);
    final LatencyFamily backfillRequestLatency = latencies(PerformanceMetricsMXBean::getBackfillRequestLatency);
    final LatencyFamily sessionDuration = latencies(PerformanceMetricsMXBean::getSessionDuration);
    final LatencyFamily peerRtt = latencies(PerformanceMetricsMXBean::getPeerRtt);
    final Latency dbQueryDuration = latency(PerformanceMetricsMXBean::getDbQueryDuration);
    final HighestFamily stateWatermark = latest(PerformanceMetricsMXBean::getStateWatermarkEpochMillis);
    final Highest driftMaxAbs = peak(PerformanceMetricsMXBean::getHlcDriftMaxAbsMillis);
    final Highest counterMax = peak(PerformanceMetricsMXBean::getHlcCounterMax);

    PerformanceMetrics(MetricRegistry registry) {
        super(PerformanceMetricsMXBean.class, registry);
        value(PerformanceMetricsMXBean::getRttEwmaMillis, view -> byPeer(view, SyncLevels.Link::rttMillis));
        value(PerformanceMetricsMXBean::getWatermarkLagMillis, view -> byPeer(view, SyncLevels.Link::lagMillis));
        value(PerformanceMetricsMXBean::getSharedWatermark, PerformanceMetrics::sharedWatermarkText);
        value(PerformanceMetricsMXBean::getWatermarkAgeMillis, this::watermarkAge);
        value(PerformanceMetricsMXBean::getOldestHeldMillis, PerformanceMetrics::oldestHeld);
        value(PerformanceMetricsMXBean::getHlcPhysicalDriftMillis, view -> view.moment()
                .driftMillis());
        requireAllBound();
    }

    private static <T> Map<String, T> byPeer(SyncView view, Function<SyncLevels.Link, @Nullable T> level) {
        Map<String, T> levels = new LinkedHashMap<>();
        for (SyncLevels.Link link : view.links()) {
            T value = level.apply(link);
            if (value != null) {
                levels.put(link.peer().toString(), value);
            }
        }
        return levels;
    }

    private static @Nullable Hlc sharedWatermark(SyncView view) {
        return view.moment().stamps().entrySet().stream()
                .filter(stamp -> view.admits(Dimension.PEER, stamp.getKey()))
                .map(Map.Entry::getValue)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static @Nullable String sharedWatermarkText(SyncView view) {
        Hlc highest = sharedWatermark(view);
        return highest == null ? null : highest.toString();
    }

    private @Nullable Long watermarkAge(SyncView view) {
        Long state = view.highest(stateWatermark);
        Hlc shared = sharedWatermark(view);
        if (state == null && shared == null) {
            return null;
        }
        long later = Math.max(state == null ? 0 : state, shared == null ? 0 : shared.millis());
        return Math.max(0, view.moment().millis() - later);
    }

    private static @Nullable Long oldestHeld(SyncView view) {
        Long since = view.levels().oldestHeldMillis();
        return since == null ? null : Math.max(0, view.moment().millis() - since);
    }
}
