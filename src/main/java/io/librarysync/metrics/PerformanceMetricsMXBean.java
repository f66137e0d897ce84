package io.librarysync.metrics;

import static io.librarysync.instrument.Metric.EPOCH_MILLIS;
import static io.librarysync.instrument.Metric.GAUGE;
import static io.librarysync.instrument.Metric.HISTOGRAM;
import static io.librarysync.instrument.Metric.INFO;
import static io.librarysync.instrument.Metric.MILLIS;
import static io.librarysync.metrics.Dimension.MODEL;
import static io.librarysync.metrics.Dimension.PEER;

import io.librarysync.instrument.Latency;
import io.librarysync.instrument.Metric;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How fast sync is, and how far behind. */
public interface PerformanceMetricsMXBean {

    @Metric(
            value = "One batch message: dispatch until the last addressed peer answered or failed",
            kind = HISTOGRAM,
            unit = MILLIS)
    Latency.Summary getBroadcastLatency();

    @Metric(value = "Median of BroadcastLatency; −1 while that is empty", kind = GAUGE, unit = MILLIS, flat = true)
    default double getBroadcastLatencyP50Millis() {
        return Flat.number(getBroadcastLatency().p50());
    }

    @Metric(
            value = "99th percentile of BroadcastLatency; −1 while that is empty",
            kind = GAUGE,
            unit = MILLIS,
            flat = true)
    default double getBroadcastLatencyP99Millis() {
        return Flat.number(getBroadcastLatency().p99());
    }

    @Metric(value = "Maximum of BroadcastLatency; −1 while that is empty", kind = GAUGE, unit = MILLIS, flat = true)
    default double getBroadcastLatencyMaxMillis() {
        return Flat.number(getBroadcastLatency().max());
    }

    @Metric(
            value = "One applied change: its own checks and statements, not the time held nor the shared commit",
            kind = HISTOGRAM,
            unit = MILLIS,
            by = {PEER, MODEL})
    Latency.Summary getApplyLatency();

    @Metric(
            value = "Median of ApplyLatency; −1 while that is empty",
            kind = GAUGE,
            unit = MILLIS,
            by = {PEER, MODEL},
            flat = true)
    default double getApplyLatencyP50Millis() {
        return Flat.number(getApplyLatency().p50());
    }

    @Metric(
            value = "99th percentile of ApplyLatency; −1 while that is empty",
            kind = GAUGE,
            unit = MILLIS,
            by = {PEER, MODEL},
            flat = true)
    default double getApplyLatencyP99Millis() {
        return Flat.number(getApplyLatency().p99());
    }

    @Metric(
            value = "Maximum of ApplyLatency; −1 while that is empty",
            kind = GAUGE,
            unit = MILLIS,
            by = {PEER, MODEL},
            flat = true)
    default double getApplyLatencyMaxMillis() {
        return Flat.number(getApplyLatency().max());
    }

    @Metric(
            value = "One page request answered: request until the response was decoded",
            kind = HISTOGRAM,
            unit = MILLIS,
            by = PEER)
    Latency.Summary getBackfillRequestLatency();

    @Metric(
            value = "Median of BackfillRequestLatency; −1 while that is empty",
            kind = GAUGE,
            unit = MILLIS,
            by = PEER,
            flat = true)
    default double getBackfillRequestLatencyP50Millis() {
        return Flat.number(getBackfillRequestLatency().p50());
    }

    @Metric(
            value = "99th percentile of BackfillRequestLatency; −1 while that is empty",
            kind = GAUGE,
            unit = MILLIS,
            by = PEER,
            flat = true)
    default double getBackfillRequestLatencyP99Millis() {
        return Flat.number(getBackfillRequestLatency().p99());
    }

    @Metric(
            value = "Maximum of BackfillRequestLatency; −1 while that is empty",
            kind = GAUGE,
            unit = MILLIS,
            by = PEER,
            flat = true)
    default double getBackfillRequestLatencyMaxMillis() {
        return Flat.number(getBackfillRequestLatency().max());
    }

    @Metric(value = "One pull session closed, either way", kind = HISTOGRAM, unit = MILLIS, by = PEER)
    Latency.Summary getSessionDuration();

    @Metric(
            value = "Median of SessionDuration; −1 while that is empty",
            kind = GAUGE,
            unit = MILLIS,
            by = PEER,
            flat = true)
    default double getSessionDurationP50Millis() {
        return Flat.number(getSessionDuration().p50());
    }

    @Metric(
            value = "99th percentile of SessionDuration; −1 while that is empty",
            kind = GAUGE,
            unit = MILLIS,
            by = PEER,
            flat = true)
    default double getSessionDurationP99Millis() {
        return Flat.number(getSessionDuration().p99());
    }

    @Metric(
            value = "Maximum of SessionDuration; −1 while that is empty",
            kind = GAUGE,
            unit = MILLIS,
            by = PEER,
            flat = true)
    default double getSessionDurationMaxMillis() {
        return Flat.number(getSessionDuration().max());
    }

    @Metric(
            value = "Round trips of answered heartbeats, by device id",
            kind = HISTOGRAM,
            unit = MILLIS,
            by = PEER,
            key = PEER)
    Map<String, Latency.Summary> getPeerRtt();

    @Metric(
            value = "Smoothed round trip by device id; absent if never measured",
            kind = GAUGE,
            unit = MILLIS,
            by = PEER,
            key = PEER)
    Map<String, Double> getRttEwmaMillis();

    @Metric(
            value = "Newest owner time among applied device-owned changes; absent (−1) before the first",
            kind = INFO,
            unit = EPOCH_MILLIS,
            by = {PEER, MODEL})
    long getStateWatermarkEpochMillis();

    @Metric(value = "Highest stamp applied or authored; absent before the first", kind = INFO, by = PEER)
    @Nullable
    String getSharedWatermark();

    @Metric(
            value = "Time since the later of the two watermarks; absent (−1) before the first",
            kind = GAUGE,
            unit = MILLIS)
    long getWatermarkAgeMillis();

    @Metric(
            value =
                    "By device id: 0 if we hold everything it has, else its head's time less the time of its newest change "
                            + "that we hold; absent while its head is unknown",
            kind = GAUGE,
            unit = MILLIS,
            by = PEER,
            key = PEER)
    Map<String, Long> getWatermarkLagMillis();

    @Metric(value = "Age of the oldest held change; absent (−1) if none is held", kind = GAUGE, unit = MILLIS)
    long getOldestHeldMillis();

    @Metric(
            value = "Last remote clock stamp less the local time at its receipt; absent (−1) before the first, but a "
                    + "drift can be −1 too: JSON tells them apart",
            kind = GAUGE,
            unit = MILLIS)
    long getHlcPhysicalDriftMillis();

    @Metric(value = "Largest absolute clock drift so far; absent (−1) before the first", kind = GAUGE, unit = MILLIS)
    long getHlcDriftMaxAbsMillis();

    @Metric(value = "Largest clock counter ticked or merged so far; absent (−1) before the first", kind = GAUGE)
    long getHlcCounterMax();

    @Metric(value = "One SQL statement of the engine", kind = HISTOGRAM, unit = MILLIS)
    Latency.Summary getDbQueryDuration();

    @Metric(value = "Median of DbQueryDuration; −1 while that is empty", kind = GAUGE, unit = MILLIS, flat = true)
    default double getDbQueryDurationP50Millis() {
        return Flat.number(getDbQueryDuration().p50());
    }

    @Metric(
            value = "99th percentile of DbQueryDuration; −1 while that is empty",
            kind = GAUGE,
            unit = MILLIS,
            flat = true)
    default double getDbQueryDurationP99Millis() {
        return Flat.number(getDbQueryDuration().p99());
    }

    @Metric(value = "Maximum of DbQueryDuration; −1 while that is empty", kind = GAUGE, unit = MILLIS, flat = true)
    default double getDbQueryDurationMaxMillis() {
        return Flat.number(getDbQueryDuration().max());
    }

    @Metric("SQL statements of the engine")
    default long getDbQueryCount() {
        return getDbQueryDuration().count();
    }
}
