package io.librarysync.testing;

import io.librarysync.instrument.MetricDescription;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.jmx.MetricsView;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the beans of a device say is what all other laws are checked on, number for number (C14). */
final class BeanLaws {
    private final Findings findings;
    private final TestDevice run;
    private final OwnBeans beans;

    private BeanLaws(Findings findings, TestDevice run, OwnBeans beans) {
        this.findings = findings;
        this.run = run;
        this.beans = beans;
    }

    /** Reads new beans, because those of devices and models hold what they said for a moment of real time. */
    static void check(Findings findings, TestDevice run) {
        try (OwnBeans beans = OwnBeans.of(run)) {
            beans.refresh();
            BeanLaws laws = new BeanLaws(findings, run, beans);
            laws.categories();
            laws.devices();
            laws.models();
        }
    }

    private void categories() {
        SyncMetricsSnapshot checked = run.snapshot();
        MetricsView view = beans.snapshot();
        for (Category category : Category.values()) {
            Map<String, @Nullable Object> expected =
                    values(category, checked.group(category).as());
            findings.same(law(category.json()), expected, values(category, beans.category(category)));
            findings.same(law("snapshot of " + category.json()), expected, values(category, part(view, category)));
        }
    }

    private void devices() {
        Set<String> known = run.snapshot().dataVolume().getEntriesByDevice().keySet();
        findings.same(law("devices"), new TreeSet<>(known), beans.names("Device"));
        for (String id : known) {
            SyncMetricsSnapshot part = run.metrics().snapshot(SnapshotFilter.ofPeer(id));
            Map<String, Object> expected = counts(part);
            expected.put("ChangesDelivered", part.operations().getChangesDelivered());
            expected.put("RecordsServed", part.operations().getRecordsServed());
            expected.put("RetryQueueDepth", part.operations().getRetryQueueDepth());
            expected.put("BytesSent", part.dataVolume().getBytesSent());
            expected.put("BytesReceived", part.dataVolume().getBytesReceived());
            findings.same(law("device " + id), expected, read("Device", id, expected.keySet()));
        }
    }

    private void models() {
        Set<String> known = run.snapshot().dataVolume().getEntriesSynced().keySet();
        findings.same(law("models"), new TreeSet<>(known), beans.names("Model"));
        for (String model : known) {
            SyncMetricsSnapshot part = run.metrics().snapshot(SnapshotFilter.ofModel(model));
            Map<String, Object> expected = counts(part);
            expected.put("EntriesSynced", part.dataVolume().getTotalSynced());
            expected.put("BroadcastsSent", part.operations().getBroadcastsSent());
            expected.put("ChangesRejected", part.operations().getChangesRejected());
            expected.put("BufferQueueDepth", part.operations().getBufferQueueDepth());
            findings.same(law("model " + model), expected, read("Model", model, expected.keySet()));
        }
    }

    /** What the beans of devices and those of models both have. */
    private static Map<String, Object> counts(SyncMetricsSnapshot part) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("ChangesReceived", part.operations().getChangesReceived());
        counts.put("ChangesApplied", part.operations().getChangesApplied());
        counts.put("TotalErrors", part.errors().getTotalErrors());
        return counts;
    }

    private Map<String, Object> read(String type, String name, Set<String> attributes) {
        Map<String, Object> values = new LinkedHashMap<>();
        attributes.forEach(attribute -> values.put(attribute, beans.attribute(type, name, attribute)));
        return values;
    }

    private static Map<String, @Nullable Object> values(Category category, Object behind) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (MetricDescription metric : MetricGroup.describe(category.type())) {
            try {
                values.put(metric.attribute(), metric.getter().invoke(behind));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(metric.attribute() + " cannot be read", e);
            }
        }
        return values;
    }

    private static Object part(MetricsView view, Category category) {
        Object part =
                switch (category) {
                    case STATE -> view.state();
                    case OPERATIONS -> view.operations();
                    case DATA_VOLUME -> view.dataVolume();
                    case PERFORMANCE -> view.performance();
                    case ERRORS -> view.errors();
                };
        if (part == null) {
            throw new AssertionError("the snapshot has no " + category.json());
        }
        return part;
    }

    private String law(String what) {
        return run.name() + " C14 " + what;
    }
}
