package io.librarysync.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.domain.DeferReason;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RejectReason;
import io.librarysync.domain.Route;
import io.librarysync.domain.SyncState;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.metrics.ErrorMetricsMXBean;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.record.SyncRecorder;
import io.librarysync.testing.ManualClock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LostAdviceTest {
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final DeviceId PEER = DeviceId.parse("e20b5f31-0000-4000-8000-000000000001");
    private static final ScreenStyle COLOURED = new ScreenStyle(ZoneOffset.UTC, true, true, 0);

    private final SyncMetrics metrics = new SyncMetrics(
            new Member("library", "My Library"), new Member("d", "laptop"), new ManualClock(), List.of(ENTRY), true);

    static Stream<String> lost() {
        return MetricGroup.describe(ErrorMetricsMXBean.class).stream()
                .filter(SnapshotJson::isLost)
                .map(SnapshotJson::key);
    }

    @ParameterizedTest
    @MethodSource("lost")
    void whateverCanBeLostHasAnAdvice(String key) {
        assertThat(LostAdvice.of(key)).isNotBlank();
    }

    @Test
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> LostAdvice.of("keys"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lost.keys");
    }

    @Test
    void aDeviceThatLostNothingSaysSoWithoutColour() {
        assertThat(lines()).contains("  Lost: nothing");
    }

    @Test
    void eachKindOfLossIsRedAndSaysWhatToDo() {
        SyncRecorder recorder = metrics.recorder();
        ModelTally one = ModelTally.of(ENTRY, 1);
        recorder.changesReceived(PEER, Route.LIVE, one);
        recorder.changeRejected(PEER, ENTRY, RejectReason.OVERFLOW, null);
        recorder.changesReceived(PEER, Route.LIVE, one);
        recorder.changeRejected(PEER, ENTRY, RejectReason.MISSING_DEPENDENCY, null);
        recorder.changesDeferred(DeferReason.OVERFLOW, one);
        recorder.retryExhausted(PEER);
        recorder.retryOverflowed(PEER);
        recorder.illegalTransition(SyncState.READY, SyncState.BACKFILLING, "test");
        metrics.eventDropped();
        metrics.updateDropped();
        metrics.sampleDropped();
        List<String> shown = lines();
        assertThat(shown)
                .filteredOn(line -> line.startsWith("  Lost: "))
                .singleElement()
                .asString()
                .startsWith("  Lost: \u001b[31m")
                .contains("buffer dropped 1", "samples dropped 1");
        assertThat(shown)
                .filteredOn(line -> line.matches("    [├└]─ [a-z ]+: .*")
                        && lost().anyMatch(key -> line.contains(" " + key.replace('_', ' ') + ": ")))
                .hasSize(9);
    }

    private List<String> lines() {
        return MetricsScreen.render(metrics.snapshot(), SnapshotFilter.NONE.categories(), COLOURED)
                .lines()
                .toList();
    }
}
