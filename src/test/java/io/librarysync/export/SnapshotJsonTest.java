package io.librarysync.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RejectReason;
import io.librarysync.domain.Route;
import io.librarysync.domain.SyncState;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.metrics.SyncMetricsSnapshot;
import io.librarysync.record.SyncRecorder;
import io.librarysync.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotJsonTest {
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final DeviceId DESKTOP = DeviceId.parse("e20b5f31-0000-4000-8000-000000000001");

    private final ManualClock clock = new ManualClock();
    private final SyncMetrics metrics = new SyncMetrics(
            new Member("5f0c1d6e-0000-4000-8000-000000000009", "Library"),
            new Member("11111111-0000-4000-8000-000000000003", "Self"),
            clock,
            List.of(ENTRY),
            true);

    @BeforeEach
    void record() {
        SyncRecorder recorder = metrics.recorder();
        recorder.peerKnown(DESKTOP, "Desk \"top\"\n😀");
        recorder.stateChanged(SyncState.UNINITIALIZED, SyncState.READY, "first member");
        recorder.changesReceived(DESKTOP, Route.LIVE, ModelTally.of(ENTRY, 3));
        recorder.changeApplied(DESKTOP, ENTRY, 40_000, clock.millis(), clock.millis());
        recorder.changeApplied(DESKTOP, ENTRY, 123_456_789, clock.millis(), clock.millis());
        recorder.changeRejected(DESKTOP, ENTRY, RejectReason.VALIDATION, new Fault("malformed", "no name"));
        recorder.heartbeatAnswered(DESKTOP, 1_500_000);
        recorder.logAppended(Integer.MAX_VALUE);
        clock.advance(Duration.ofMillis(1));
    }

    @Test
    void aSnapshotReadBackIsTheSameSnapshot() {
        SyncMetricsSnapshot whole = metrics.snapshot();
        SyncMetricsSnapshot filtered = metrics.snapshot(
                new SnapshotFilter(DESKTOP.toString(), "entry", Set.of(Category.OPERATIONS, Category.ERRORS)));

        assertThat(SnapshotJson.read(SnapshotJson.compact(whole))).isEqualTo(whole);
        assertThat(SnapshotJson.read(SnapshotJson.pretty(filtered))).isEqualTo(filtered);
    }

    @Test
    void absentValuesAreAbsentKeysAndMomentsAreIso() {
        var json = SnapshotJson.tree(metrics.snapshot());

        assertThat(json.path("state").path("state_entered_at").textValue()).isEqualTo("2026-02-03T11:00:00.000Z");
        assertThat(json.path("performance").has("shared_watermark")).isFalse();
        assertThat(json.path("performance").path("apply_latency_ms").path("min").doubleValue())
                .isEqualTo(0.04);
        assertThat(json.path("performance").has("apply_latency_p50_ms")).isFalse();
        assertThat(json.path("performance").path("broadcast_latency_ms").toString())
                .isEqualTo("{\"count\":0}");
        assertThat(json.path("lost").path("buffer_dropped").longValue()).isZero();
        assertThat(json.path("errors").has("lost_buffer_dropped")).isFalse();
        assertThat(json.path("operations").path("log_appended").longValue()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aFilteredSnapshotNamesWhatItLeftOut() {
        var json = SnapshotJson.tree(
                metrics.snapshot(new SnapshotFilter(DESKTOP.toString(), null, Set.of(Category.OPERATIONS))));

        assertThat(json.path("not_filterable").toString())
                .isEqualTo("[\"operations.local_changes_committed\",\"operations.changes_deferred\","
                        + "\"operations.outbox_depth\",\"operations.log_appended\",\"operations.log_pruned\","
                        + "\"operations.peers_refused\"]");
        assertThat(json.has("state")).isFalse();
    }

    @Test
    void textThatIsNoSnapshotIsRefused() {
        assertThatThrownBy(() -> SnapshotJson.read("{\"schema_version\":99}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a snapshot of schema version 1: found 99");
        assertThatThrownBy(() -> SnapshotJson.read("<html>")).isInstanceOf(IllegalArgumentException.class);
    }
}
