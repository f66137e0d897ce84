package io.librarysync.export;

import io.librarysync.domain.SyncState;
import io.librarysync.export.PrometheusFamilies.Series;
import io.librarysync.instrument.Distribution;
import io.librarysync.instrument.GroupSnapshot;
import io.librarysync.instrument.Metric;
import io.librarysync.instrument.MetricDescription;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.instrument.Parts;
import io.librarysync.metrics.Capture;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.metrics.SyncMetricsSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A run as Prometheus wants it: a family for each declared metric, and one more for each counter split by peer and by model.
 * A distribution of the whole device is a histogram, those by peer are summaries, which take five series each instead of
 * thirty-five. What is unknown has no series. Text and lists are left out, since they would begin a series with each change;
 * the state is one of a few texts and has a series for each.
 */
public final class PrometheusMetrics {
    private static final String CURRENT_STATE = "CurrentState";
    private static final List<String> STATES =
            Stream.of(SyncState.values()).map(SyncState::label).toList();
    private static final String MOMENT = "EpochMillis";

    private final SharedLabels labels = new SharedLabels();
    private final PrometheusFamilies families = new PrometheusFamilies(labels);
    private final SyncMetricsSnapshot snapshot;
    private final Map<String, Map<String, Distribution>> distributions;

    private PrometheusMetrics(SyncMetricsSnapshot snapshot, Map<String, Map<String, Distribution>> distributions) {
        this.snapshot = snapshot;
        this.distributions = distributions;
    }

    /**
     * The families of a run.
     *
     * @param run everything since it began, so that no counter falls when metrics are reset
     */
    public static MetricSnapshots of(Capture run) {
        SyncMetricsSnapshot values =
                run.snapshot(SnapshotFilter.NONE, metric -> isShown(metric) && !isDistribution(metric));
        PrometheusMetrics metrics = new PrometheusMetrics(values, run.distributions());
        metrics.addFacts();
        for (Category category : Category.values()) {
            metrics.addGroup(metrics.snapshot.group(category));
        }
        run.parts().forEach(metrics::addParts);
        return metrics.families.all();
    }

    /** Whether a metric is a number or has numbers in it, or is the state. */
    static boolean isShown(MetricDescription metric) {
        boolean isMoment = metric.unit().equals(Metric.EPOCH_MILLIS);
        return !metric.flat() && (!metric.kind().equals(Metric.INFO) || isMoment || isState(metric));
    }

    private static boolean isDistribution(MetricDescription metric) {
        return metric.kind().equals(Metric.HISTOGRAM);
    }

    private static boolean isState(MetricDescription metric) {
        return metric.attribute().equals(CURRENT_STATE);
    }

    private void addFacts() {
        Member library = snapshot.library();
        Member device = snapshot.device();
        Labels names = Labels.of(
                "device",
                device.id(),
                "device_name",
                device.name(),
                "library",
                library.id(),
                "library_name",
                library.name());
        families.addTexts(PrometheusName.ofFact("device"), "This device and its library", List.of(names));
        families.addNumbers(
                Metric.GAUGE,
                PrometheusName.ofFact("metrics_enabled"),
                "Whether anything is being recorded; while it is not, counters stand still",
                List.of(new Series(Labels.EMPTY, snapshot.enabled())));
    }

    private void addGroup(GroupSnapshot<?> group) {
        for (MetricDescription metric : MetricGroup.describe(group.type())) {
            Object value = group.values().get(metric.attribute());
            if (isDistribution(metric)) {
                addDistributions(metric, distributions.getOrDefault(metric.attribute(), Map.of()));
            } else if (value != null) {
                add(metric, value);
            }
        }
    }

    private void add(MetricDescription metric, Object value) {
        if (isState(metric)) {
            families.addState(PrometheusName.of(metric), metric.help(), STATES, value.toString());
        } else if (value instanceof Map<?, ?> map) {
            addMap(metric, map);
        } else {
            addNumbers(metric, List.of(new Series(Labels.EMPTY, value)));
        }
    }

    private void addDistributions(MetricDescription metric, Map<String, Distribution> byLabel) {
        if (metric.key().isEmpty()) {
            byLabel.values().forEach(one -> families.addHistogram(PrometheusName.of(metric), metric.help(), one));
        } else {
            families.addSummaries(PrometheusName.of(metric), metric.help(), metric.key(), byLabel);
        }
    }

    private void addMap(MetricDescription metric, Map<?, ?> map) {
        if (map.values().stream().anyMatch(Record.class::isInstance)) {
            addRecords(metric, map);
        } else {
            addNumbers(
                    metric,
                    map.entrySet().stream()
                            .map(part -> new Series(label(metric, part.getKey()), part.getValue()))
                            .toList());
        }
    }

    private void addNumbers(MetricDescription metric, List<Series> series) {
        families.addNumbers(metric.kind(), PrometheusName.of(metric), metric.help(), series);
    }

    /** A family for each component that is a number, and one with all texts. */
    private void addRecords(MetricDescription metric, Map<?, ?> records) {
        List<RecordComponent> numbers = new ArrayList<>();
        List<RecordComponent> texts = new ArrayList<>();
        for (RecordComponent component :
                records.values().iterator().next().getClass().getRecordComponents()) {
            (component.getType() == String.class ? texts : numbers).add(component);
        }
        numbers.forEach(number -> addComponent(metric, number, records));
        addTexts(metric, texts, records);
    }

    private void addTexts(MetricDescription metric, List<RecordComponent> components, Map<?, ?> records) {
        List<String> names = new ArrayList<>(List.of(metric.key()));
        components.forEach(component -> names.add(MetricDescription.snakeCase(component.getName())));
        families.addTexts(
                PrometheusName.of(metric),
                metric.help(),
                records.entrySet().stream()
                        .map(record -> Labels.of(
                                names, texts(record.getKey().toString(), components, (Record) record.getValue())))
                        .toList());
    }

    private static List<String> texts(String label, List<RecordComponent> components, Record record) {
        List<String> texts = new ArrayList<>(List.of(label));
        for (RecordComponent component : components) {
            texts.add(JsonValues.find(component, record).map(Object::toString).orElse(""));
        }
        return texts;
    }

    private void addComponent(MetricDescription metric, RecordComponent component, Map<?, ?> records) {
        List<Series> series = new ArrayList<>();
        records.forEach((label, record) -> JsonValues.find(component, (Record) record)
                .ifPresent(value -> series.add(new Series(label(metric, label), value))));
        boolean addsUp =
                component.getType() == Long.class && !component.getName().endsWith(MOMENT);
        families.addNumbers(
                addsUp ? metric.kind() : Metric.GAUGE,
                PrometheusName.ofComponent(metric, component.getName()),
                metric.help(),
                series);
    }

    private Labels label(MetricDescription metric, Object value) {
        return labels.of(metric.key(), value.toString());
    }

    private void addParts(Parts parts) {
        List<String> names = parts.dimensions();
        families.addNumbers(
                parts.metric().kind(),
                PrometheusName.of(names.get(0), parts.metric()),
                "By " + names.get(0) + ": " + parts.metric().help(),
                parts.values().entrySet().stream()
                        .map(part -> new Series(labels.of(names, part.getKey()), part.getValue()))
                        .toList());
    }
}
