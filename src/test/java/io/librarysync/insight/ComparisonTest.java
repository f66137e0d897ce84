package io.librarysync.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.export.ScreenStyle;
import io.librarysync.history.MetricsHistory;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.metrics.SyncMetricsSnapshot;
import io.librarysync.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One minute with 100 changes of 2 ms, then two minutes with 400 of 8 ms. */
class ComparisonTest {
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final DeviceId DESKTOP = DeviceId.parse("e20b5f31-0000-4000-8000-000000000001");
    private static final SnapshotFilter OPERATIONS =
            new SnapshotFilter(null, null, Set.of(Category.OPERATIONS, Category.PERFORMANCE));

    private final ManualClock clock = new ManualClock();
    private final SyncMetrics metrics = new SyncMetrics(
            new Member("library", "My Library"), new Member("self", "MacBook"), clock, List.of(ENTRY), true);

    @Test
    void ratesGoByTheTrueLengthOfEachWindow() {
        Change received =
                find(compared(), "operations.changes_received").changes().get(0);
        assertThat(received.before()).isEqualTo(100L);
        assertThat(received.after()).isEqualTo(400L);
        assertThat(received.absolute()).isEqualTo(300L);
        assertThat(received.beforePerSecond()).isEqualTo(100 / 60.0);
        assertThat(received.afterPerSecond()).isEqualTo(400 / 120.0);
        assertThat(received.relative()).isCloseTo(1.0, within(1e-9));
    }

    @Test
    void theMostUnusualComesFirst() {
        assertThat(ComparisonScreen.render(compared().changed().first(3), ScreenStyle.PLAIN))
                .isEqualTo(
                        """
                        Before: MacBook, 2026-02-03 11:00:00 to 2026-02-03 11:01:00 (1m 0s)
                        After:  MacBook, 2026-02-03 11:01:00 to 2026-02-03 11:03:00 (2m 0s)

                        METRIC                              BEFORE  AFTER  CHANGE  BEFORE/S  AFTER/S  RELATIVE
                        performance.apply_latency_ms.count     100    400    +300      1.67     3.33   +100.0%
                        performance.apply_latency_ms.p50     2.0ms  8.0ms  +6.0ms                      +300.0%
                        performance.apply_latency_ms.p95     2.0ms  8.0ms  +6.0ms                      +300.0%
                        performance.apply_latency_ms.p99     2.0ms  8.0ms  +6.0ms                      +300.0%
                        performance.watermark_age_ms         1m 0s  2m 0s  +1m 0s                      +100.0%
                        operations.changes_applied             100    400    +300      1.67     3.33   +100.0%
                        """);
    }

    @Test
    void aCountIsTheMoreUnusualTheLessChanceExplainsIt() {
        assertThat(unusual(1, 2)).isLessThan(unusual(100, 200));
        assertThat(unusual(100, 110)).isLessThan(0.05);
        assertThat(unusual(100, 200)).isCloseTo(Math.log(2), within(0.01));
        assertThat(unusual(0, 50)).isGreaterThan(unusual(10, 50));
        assertThat(unusual(7, 7)).isZero();
    }

    @Test
    void whatNeverHappenedOnOneSideIsZeroThere() {
        metrics.recorder().changesReceived(DESKTOP, Route.LIVE, ModelTally.of(ENTRY, 1));
        SyncMetricsSnapshot before = next(60);
        Comparison comparison = Comparison.of(before, next(60));
        assertThat(find(comparison, "operations.changes_received")
                        .changes()
                        .get(0)
                        .after())
                .isEqualTo(0L);
    }

    @Test
    void whatWasNotAskedForIsNotKnown() {
        SyncMetricsSnapshot all = metrics.capture().snapshot();
        SyncMetricsSnapshot operations = metrics.capture().snapshot(OPERATIONS);
        Difference bytes = find(Comparison.of(operations, all), "data_volume.bytes_sent");
        assertThat(bytes.changes().get(0).before()).isNull();
        assertThat(bytes.unusual()).isZero();
    }

    @Test
    void equalWindowsHaveNoDifference() {
        SyncMetricsSnapshot snapshot = work(3, 2, 60);
        assertThat(Comparison.of(snapshot, snapshot).changed().differences()).isEmpty();
        assertThat(Comparison.of(snapshot, snapshot).differences()).hasSizeGreaterThan(50);
    }

    @Test
    void whatAFilterCannotSplitIsNamed() {
        SyncMetricsSnapshot entries =
                metrics.capture().snapshot(new SnapshotFilter(null, "entry", Set.of(Category.DATA_VOLUME)));
        assertThat(ComparisonScreen.render(Comparison.of(entries, entries).changed(), ScreenStyle.PLAIN))
                .isEqualTo(
                        """
                        Before: MacBook, 2026-02-03 11:00:00 to 2026-02-03 11:00:00 (0s), model entry
                        After:  MacBook, 2026-02-03 11:00:00 to 2026-02-03 11:00:00 (0s), model entry

                        No differences

                        Not split by the filter: data_volume.bytes_sent, data_volume.bytes_received, \
                        data_volume.bytes_total, data_volume.frames_sent, data_volume.frames_received, \
                        data_volume.last_sync_per_peer, data_volume.last_attempt_per_peer
                        """);
    }

    private Comparison compared() {
        SyncMetricsSnapshot before = work(100, 2, 60);
        return Comparison.of(before, work(400, 8, 120));
    }

    private double unusual(int before, int after) {
        SyncMetricsSnapshot first = work(before, 1, 60);
        return find(Comparison.of(first, work(after, 1, 60)), "operations.changes_received")
                .unusual();
    }

    private SyncMetricsSnapshot work(int changes, int millis, int seconds) {
        metrics.recorder().changesReceived(DESKTOP, Route.LIVE, ModelTally.of(ENTRY, changes));
        for (int i = 0; i < changes; i++) {
            metrics.recorder()
                    .changeApplied(DESKTOP, ENTRY, Duration.ofMillis(millis).toNanos(), clock.millis(), clock.millis());
        }
        return next(seconds);
    }

    /** Ends an epoch. */
    private SyncMetricsSnapshot next(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        SyncMetricsSnapshot snapshot = metrics.capture().snapshot(OPERATIONS);
        metrics.reset(MetricsHistory.none(metrics));
        return snapshot;
    }

    private static Difference find(Comparison comparison, String metric) {
        return comparison.differences().stream()
                .filter(difference -> difference.metric().equals(metric))
                .findFirst()
                .orElseThrow();
    }
}
