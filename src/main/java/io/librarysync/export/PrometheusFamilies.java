package io.librarysync.export;

import io.librarysync.instrument.Distribution;
import io.librarysync.instrument.Latency;
import io.librarysync.instrument.Metric;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot.StateSetDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Families of series that are gathered one by one. One without series is left out. */
final class PrometheusFamilies {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double[] LONGEST = longestOfOctaves();

    private final SharedLabels labels;
    private final List<MetricSnapshot> families = new ArrayList<>();

    PrometheusFamilies(SharedLabels labels) {
        this.labels = labels;
    }

    /**
     * One number.
     *
     * @param value a number in the metric's own unit; true is 1, false 0
     */
    record Series(Labels labels, Object value) {

        double in(PrometheusName name) {
            double number = value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).doubleValue();
            return number / name.perBase();
        }
    }

    MetricSnapshots all() {
        return new MetricSnapshots(families);
    }

    /** @param kind as the metric is declared */
    void addNumbers(String kind, PrometheusName name, String help, List<Series> series) {
        if (series.isEmpty()) {
            return;
        }
        MetricMetadata metadata = name.metadata(help);
        families.add(
                kind.equals(Metric.COUNTER)
                        ? new CounterSnapshot(
                                metadata,
                                series.stream()
                                        .map(one -> new CounterDataPointSnapshot(one.in(name), one.labels(), null, 0))
                                        .toList())
                        : new GaugeSnapshot(
                                metadata,
                                series.stream()
                                        .map(one -> new GaugeDataPointSnapshot(one.in(name), one.labels(), null))
                                        .toList()));
    }

    /** Text, each as the labels of a series of its own. */
    void addTexts(PrometheusName name, String help, List<Labels> texts) {
        families.add(new InfoSnapshot(
                name.metadata(help),
                texts.stream().map(InfoDataPointSnapshot::new).toList()));
    }

    /** One of some texts: that is 1, the others 0. */
    void addState(PrometheusName name, String help, List<String> states, String current) {
        StateSetDataPointSnapshot.Builder set = StateSetDataPointSnapshot.builder();
        states.forEach(state -> set.state(state, state.equals(current)));
        families.add(new StateSetSnapshot(name.metadata(help), List.of(set.build())));
    }

    /** A distribution with a bucket for each octave. */
    void addHistogram(PrometheusName name, String help, Distribution distribution) {
        long[] counts = new long[Distribution.OCTAVES];
        Arrays.setAll(counts, distribution::count);
        families.add(new HistogramSnapshot(
                name.metadata(help),
                List.of(new HistogramDataPointSnapshot(
                        ClassicHistogramBuckets.of(LONGEST, counts),
                        distribution.sum() / NANOS_PER_SECOND,
                        Labels.EMPTY,
                        Exemplars.EMPTY,
                        0))));
    }

    /** Distributions by a label, with their percentiles. */
    void addSummaries(PrometheusName name, String help, String label, Map<String, Distribution> distributions) {
        if (!distributions.isEmpty()) {
            families.add(new SummarySnapshot(
                    name.metadata(help),
                    distributions.entrySet().stream()
                            .map(one -> summary(labels.of(label, one.getKey()), one.getValue()))
                            .toList()));
        }
    }

    private static SummaryDataPointSnapshot summary(Labels labels, Distribution distribution) {
        return new SummaryDataPointSnapshot(
                distribution.count(),
                distribution.sum() / NANOS_PER_SECOND,
                quantiles(distribution.summary()),
                labels,
                Exemplars.EMPTY,
                0);
    }

    private static Quantiles quantiles(Latency.Summary summary) {
        Double p50 = summary.p50();
        Double p95 = summary.p95();
        Double p99 = summary.p99();
        return p50 == null || p95 == null || p99 == null
                ? Quantiles.EMPTY
                : Quantiles.of(quantile(0.5, p50), quantile(0.95, p95), quantile(0.99, p99));
    }

    private static Quantile quantile(double share, double millis) {
        return new Quantile(share, millis / MILLIS_PER_SECOND);
    }

    /** The upper bounds of the buckets in seconds; what is longer than the last octave counts as in it. */
    private static double[] longestOfOctaves() {
        double[] bounds = new double[Distribution.OCTAVES];
        Arrays.setAll(bounds, octave -> Distribution.longest(octave) / NANOS_PER_SECOND);
        bounds[Distribution.OCTAVES - 1] = Double.POSITIVE_INFINITY;
        return bounds;
    }
}
