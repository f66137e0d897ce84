package io.librarysync.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.EngineKey;
import io.librarysync.export.SnapshotJson;
import io.librarysync.instrument.MetricDescription;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.SyncMetricsSnapshot;
import io.librarysync.testing.Invariants;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two healthy devices move every declared metric, but for those that only a fault or a conflict moves. */
class EveryMetricMovesTest {
    private static final Duration STEP = Duration.ofMillis(10);

    /** Moved by faults, by scenarios of their own. */
    private static final Set<String> NEED_A_FAULT = Set.of(
            "state.illegal_transitions",
            "state.links_needing_catch_up",
            "state.stalled_for_ms",
            "operations.failed_broadcasts",
            "operations.changes_undelivered",
            "operations.redelivered",
            "operations.changes_rejected",
            "operations.rejected_by_reason",
            "operations.held_waiting",
            "operations.sessions_failed",
            "operations.retry_queue_depth",
            "operations.retry_enqueued",
            "operations.retry_overflow",
            "operations.retry_attempts",
            "operations.retry_successes",
            "operations.retry_failures",
            "operations.retry_exhausted",
            "operations.retry_superseded",
            "operations.requests_failed",
            "operations.heartbeats_missed",
            "operations.peers_refused",
            "operations.opening_balance",
            "errors.total_errors",
            "errors.network_errors",
            "errors.database_errors",
            "errors.apply_errors",
            "errors.validation_errors",
            "errors.other_errors",
            "errors.errors_by_cause",
            "errors.frames_rejected",
            "errors.recent_errors",
            "lost.buffer_dropped",
            "lost.outbox_overflow",
            "lost.retry_exhausted",
            "lost.retry_overflow",
            "lost.illegal_transitions",
            "lost.dependencies_expired",
            "lost.events_dropped",
            "lost.updates_dropped",
            "lost.samples_dropped",
            "lost.observations_failed",
            "lost.label_overflow");

    /** Moved by two devices that write the same record apart from each other. */
    private static final Set<String> NEED_A_CONFLICT = Set.of(
            "errors.conflicts_detected",
            "errors.conflicts_resolved_by_hlc",
            "errors.conflicts_resolved_by_delete",
            "errors.conflicts_kept_local",
            "errors.conflicts_took_remote",
            "errors.ancestors_late");

    private final Set<String> moved = new TreeSet<>();

    @Test
    void theStandardScenarioMovesEveryMetricThatIsDeclared(@TempDir Path directory) {
        EngineConfig smallPages = EngineConfig.defaults().with(EngineKey.BACKFILL_BATCH_SIZE, 50);
        try (TestLibrary library = new TestLibrary(directory, smallPages, true)) {
            TestDevice a = library.start("A");
            TestDevice b = library.start("B");
            SyncMetricsSnapshot freshA = a.snapshot();
            SyncMetricsSnapshot freshB = b.snapshot();
            Runnable sample = () -> {
                compare(freshA, a.snapshot());
                compare(freshB, b.snapshot());
            };

            workApart(a);
            library.scheduler().advance(Duration.ofSeconds(1));
            library.network().connect(a.id(), b.id());
            writeDuringTheBackfill(library, a, b, sample);
            let(library, Duration.ofSeconds(15), sample);
            workTogether(library, a, b, sample);
            library.disconnect(a, b);
            a.addFiles(1_000, 5);
            library.scheduler().advance(Duration.ofSeconds(1));
            library.network().connect(a.id(), b.id());
            let(library, Duration.ofSeconds(5), sample);
            library.scheduler().advance(Duration.ofHours(2));
            library.settle();
            sample.run();
            Invariants.check(library);
        }

        assertThat(declared()).containsAll(NEED_A_FAULT).containsAll(NEED_A_CONFLICT);
        Set<String> untouched = declared();
        untouched.removeAll(moved);
        untouched.removeAll(NEED_A_FAULT);
        untouched.removeAll(NEED_A_CONFLICT);
        assertThat(untouched).isEmpty();
    }

    private static void workApart(TestDevice a) {
        a.addLocation();
        a.addFiles(0, 120);
        a.addTag("red");
    }

    /** What arrives live now has to wait; only the clock moves while it does. */
    private static void writeDuringTheBackfill(TestLibrary library, TestDevice a, TestDevice b, Runnable sample) {
        while (!b.snapshot().state().getCurrentState().equals("Backfilling")) {
            library.scheduler().runOne();
        }
        a.commitLater(a.files(500, 100));
        while (b.snapshot().operations().getHeldBuffer() == 0) {
            library.clock().advance(Duration.ofMillis(1));
            library.scheduler().runOne();
        }
        library.clock().advance(STEP);
        sample.run();
    }

    private void workTogether(TestLibrary library, TestDevice a, TestDevice b, Runnable sample) {
        b.addLocation();
        a.commitLater(a.files(200, 30));
        let(library, Duration.ofMillis(500), sample);
        b.addTag("blue");
        a.addTag("green");
        let(library, Duration.ofSeconds(2), sample);
    }

    /** Lets time pass, and looks after every single task. */
    private static void let(TestLibrary library, Duration time, Runnable sample) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(STEP)) {
            while (library.scheduler().runOne()) {
                sample.run();
            }
            library.clock().advance(STEP);
        }
    }

    private void compare(SyncMetricsSnapshot fresh, SyncMetricsSnapshot now) {
        for (Category category : Category.values()) {
            for (MetricDescription metric : MetricGroup.describe(category.type())) {
                Object before = fresh.group(category).values().get(metric.attribute());
                if (!Objects.equals(before, now.group(category).values().get(metric.attribute()))) {
                    moved.add(SnapshotJson.path(category, metric));
                }
            }
        }
    }

    private static Set<String> declared() {
        Set<String> paths = new TreeSet<>();
        for (Category category : Category.values()) {
            MetricGroup.describe(category.type()).stream()
                    .filter(metric -> !metric.flat())
                    .forEach(metric -> paths.add(SnapshotJson.path(category, metric)));
        }
        return paths;
    }
}
