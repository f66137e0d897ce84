package io.librarysync.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.domain.SyncState;
import io.librarysync.metrics.Activity.Work;
import io.librarysync.metrics.Capture;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.metrics.SnapshotWindow;
import io.librarysync.metrics.StateTransition;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.metrics.SyncMetricsSnapshot;
import io.librarysync.metrics.UnknownLabelException;
import io.librarysync.testing.ManualClock;
import io.librarysync.testing.MemorySnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final DeviceId DESKTOP = DeviceId.parse("e20b5f31-0000-4000-8000-000000000001");

    private final ManualClock clock = new ManualClock();
    private final MemorySnapshotStore store = new MemorySnapshotStore();
    private Device device = new Device();

    /** One run of a device that keeps its history. */
    private final class Device {
        private final SyncMetrics metrics = new SyncMetrics(
                new Member("library", "My Library"), new Member("self", "MacBook"), clock, List.of(ENTRY), true);
        private final History history = new History(
                metrics,
                store,
                clock,
                new HistorySettings(6, 4, Retention.STANDARD),
                "run",
                snapshot -> "{\"received\":" + snapshot.operations().getChangesReceived() + "}",
                Runnable::run);

        Device() {
            history.begin(Runnable::run);
        }

        void receive(int changes) {
            metrics.recorder().changesReceived(DESKTOP, Route.LIVE, ModelTally.of(ENTRY, changes));
        }

        SyncMetricsSnapshot window(@Nullable String since, @Nullable String until) {
            Instant now = Instant.ofEpochMilli(clock.millis());
            return history.capture(Window.between(since, until, now, ZoneOffset.UTC))
                    .snapshot();
        }

        long received(String since) {
            return window(since, null).operations().getChangesReceived();
        }
    }

    @Test
    void aWindowHoldsWhatWasDoneInIt() {
        device.receive(10);
        tick();
        device.receive(5);
        tick();
        assertThat(device.received("10s")).isEqualTo(5);
        assertThat(device.received("20s")).isEqualTo(15);
    }

    @Test
    void aWindowBeginsWithWhatWasOpenAtItsBegin() {
        device.receive(10);
        tick();
        device.metrics.reset(device.history);
        device.receive(5);
        tick();
        device.receive(1);
        tick();
        assertThat(opening("10s")).isEqualTo(15);
        assertThat(opening("20s")).isEqualTo(10);
        assertThat(opening("1h")).isZero();
        assertThat(device.metrics.snapshot().operations().getOpeningBalance()).containsEntry("changes_received", 10L);
    }

    @Test
    void aWindowOverARestartBeginsWithWhatWasOpenLessWhatTheRestartGaveUp() {
        device.receive(10);
        tick();
        device.history.close();
        device = new Device();
        device.receive(5);
        tick();
        assertThat(device.received("1h")).isEqualTo(15);
        assertThat(opening("1h")).isEqualTo(-10);
    }

    private long opening(String since) {
        return device.window(since, null).operations().getOpeningBalance().getOrDefault("changes_received", 0L);
    }

    @Test
    void theWindowOfAnAnswerIsTheTrueOne() {
        tick();
        clock.advance(Duration.ofSeconds(7));
        Instant now = Instant.ofEpochMilli(clock.millis());
        assertThat(device.window("4s", null).window())
                .isEqualTo(new SnapshotWindow(now.minusSeconds(7), now, SnapshotWindow.Span.LAST, List.of()));
    }

    @Test
    void whatIsOlderThanEverythingKnownIsSaidToBeMissing() {
        tick();
        Instant now = Instant.ofEpochMilli(clock.millis());
        assertThat(device.window("1h", null).window())
                .isEqualTo(new SnapshotWindow(
                        now.minusSeconds(10),
                        now,
                        SnapshotWindow.Span.LAST,
                        List.of(new SnapshotWindow.Missing(
                                SnapshotWindow.EARLIEST_KNOWN,
                                now.minus(Duration.ofHours(1)).toEpochMilli()))));
    }

    @Test
    void aWindowThatIsOverStandsAsItDidThen() {
        device.metrics.recorder().stateChanged(SyncState.UNINITIALIZED, SyncState.READY, "first member");
        device.receive(3);
        tick();
        device.receive(4);
        tick();
        device.metrics.recorder().stateChanged(SyncState.READY, SyncState.PAUSED, "paused");
        device.receive(50);
        SyncMetricsSnapshot then = device.window("20s", "10s");
        assertThat(then.operations().getChangesReceived()).isEqualTo(3);
        assertThat(then.state().getCurrentState()).isEqualTo("Ready");
        assertThat(then.window().span()).isEqualTo(SnapshotWindow.Span.PAST);
    }

    @Test
    void epochsOfOneWindowAddUp() {
        device.receive(1);
        tick();
        device.receive(2);
        clock.advance(Duration.ofSeconds(5));
        device.metrics.reset(device.history);
        device.receive(4);
        tick();
        device.metrics.reset(device.history);
        device.receive(8);
        tick();
        device.receive(16);
        assertThat(device.received("25s")).isEqualTo(2 + 4 + 8 + 16);
        assertThat(device.received("20s")).isEqualTo(4 + 8 + 16);
        assertThat(device.received("10s")).isEqualTo(8 + 16);
        assertThat(device.metrics.snapshot().operations().getChangesReceived()).isEqualTo(24);
    }

    @Test
    void aPeerThatOnlyAnEarlierRunKnewCanBeAskedFor() {
        device.metrics.recorder().peerKnown(DESKTOP, "Desktop");
        device.receive(5);
        tick();
        restart();
        Capture both = device.history.capture(
                new Window.Between(Instant.ofEpochMilli(clock.millis()).minusSeconds(10), null));

        String peer = device.history.peerId(both, "Desktop");

        assertThat(peer).isEqualTo(DESKTOP.toString());
        assertThat(both.snapshot(SnapshotFilter.ofPeer(peer)).operations().getChangesReceived())
                .isEqualTo(5);
        assertThatThrownBy(() -> device.history.peerId(both, "Nobody"))
                .isInstanceOf(UnknownLabelException.class)
                .hasMessageStartingWith("unknown peer \"Nobody\"");
    }

    @Test
    void aWindowBetweenAResetAndTheNextSampleIsEmpty() {
        device.receive(1);
        tick();
        device.receive(2);
        device.metrics.reset(device.history);
        clock.advance(Duration.ofSeconds(3));
        device.receive(4);
        SyncMetricsSnapshot window = device.window("2s", "1s");
        assertThat(window.operations().getChangesReceived()).isZero();
        assertThat(window.window().complete()).isTrue();
    }

    @Test
    void aRestartIsNoGap() {
        device.receive(1);
        tick();
        device.receive(2);
        clock.advance(Duration.ofSeconds(5));
        device.history.close();
        clock.advance(Duration.ofSeconds(25));
        device = new Device();
        device.receive(4);
        SyncMetricsSnapshot window = device.window("30s", null);
        assertThat(window.operations().getChangesReceived()).isEqualTo(2 + 4);
        assertThat(window.window().complete()).isTrue();
    }

    @Test
    void aCrashLosesWhatCameAfterTheLastWrittenSampleAndSaysSo() {
        device.receive(1);
        tick();
        device.history.writeSoon();
        device.receive(2);
        Instant lastSample = Instant.ofEpochMilli(clock.millis());
        clock.advance(Duration.ofSeconds(5));
        device = new Device();
        clock.advance(Duration.ofSeconds(5));
        device.receive(4);
        SyncMetricsSnapshot window = device.window("20s", null);
        assertThat(window.operations().getChangesReceived()).isEqualTo(1 + 4);
        assertThat(window.window().missing())
                .containsExactly(new SnapshotWindow.Missing(SnapshotWindow.CRASH, lastSample.toEpochMilli()));
    }

    @Test
    void aTimeWithoutMetricsIsMissing() {
        device.receive(1);
        device.metrics.disable(device.history);
        device.receive(100);
        clock.advance(Duration.ofSeconds(20));
        device.metrics.enable(device.history);
        long on = clock.millis();
        device.receive(2);
        tick();
        SyncMetricsSnapshot window = device.window("1m", null);
        assertThat(window.operations().getChangesReceived()).isEqualTo(1 + 2);
        assertThat(window.window().missing()).contains(new SnapshotWindow.Missing(SnapshotWindow.DISABLED, on));
    }

    @Test
    void aClockSetBackDoesNotMixTheHourThatComesTwice() {
        device.receive(1);
        tick();
        device.receive(2);
        clock.setWallOffset(Duration.ofSeconds(-10));
        device.history.sample();
        device.receive(4);
        clock.advance(Duration.ofSeconds(5));
        assertThat(device.received("5s")).isEqualTo(4);
        assertThat(device.received("4s")).isEqualTo(4);
    }

    @Test
    void transitionsAndErrorsAreThoseOfTheWindow() {
        clock.advance(Duration.ofSeconds(1));
        transition(SyncState.UNINITIALIZED, SyncState.READY);
        device.metrics.recorder().otherFailed(null, null, new Fault("disk", "first"));
        tick();
        transition(SyncState.READY, SyncState.CATCHING_UP);
        device.metrics.reset(device.history);
        transition(SyncState.CATCHING_UP, SyncState.READY);
        device.metrics.recorder().otherFailed(null, null, new Fault("disk", "second"));
        tick();
        SyncMetricsSnapshot whole = device.window("21s", null);
        SyncMetricsSnapshot later = device.window("0s", null);
        assertThat(whole.state().getStateHistory())
                .extracting(StateTransition::edge)
                .containsExactly("Uninitialized->Ready", "Ready->CatchingUp", "CatchingUp->Ready");
        assertThat(later.state().getStateHistory()).isEmpty();
        assertThat(whole.errors().getRecentErrors()).extracting("message").containsExactly("second", "first");
        assertThat(whole.state().getTransitionCount())
                .containsOnlyKeys("Uninitialized->Ready", "Ready->CatchingUp", "CatchingUp->Ready");
    }

    @Test
    void whatTheRingForgotComesFromTheStore() {
        for (int i = 0; i < 50; i++) {
            device.receive(1);
            tick();
            device.history.writeSoon();
        }
        assertThat(device.history.size()).isEqualTo(6);
        for (int back = 0; back <= 50; back++) {
            assertThat(device.received(back * 10 + "s")).isEqualTo(back);
        }
    }

    @Test
    void aStoreThatFailsLosesOnlyWhatDoesNotFitAndWritesAgainBySelf() {
        store.failWith("disk full");
        for (int i = 0; i < 10; i++) {
            device.receive(1);
            tick();
            device.history.writeSoon();
        }
        assertThat(device.metrics.snapshot().errors().getLostSamplesDropped()).isPositive();
        assertThat(device.metrics.snapshot().errors().getErrorsByCause()).containsEntry("database.metrics_db", 10L);
        assertThatThrownBy(device.history::store).hasMessage("disk full");
        assertThatThrownBy(() -> device.metrics.reset(device.history)).hasMessage("disk full");
        assertThat(device.metrics.snapshot().operations().getChangesReceived()).isEqualTo(10);

        assertThat(device.history.problem()).isEqualTo("disk full");
        store.failWith(null);
        device.history.writeSoon();
        assertThat(device.history.problem()).isNull();
        restart();
        assertThat(device.received("1d")).isEqualTo(10);
    }

    @Test
    void aStoreThatCannotBeReadAtTheStartIsTakenUpLater() {
        device.receive(1);
        tick();
        device.history.close();
        store.failWith("database is locked");
        device = new Device();
        device.receive(2);
        tick();
        store.failWith(null);
        device.history.writeSoon();
        assertThat(device.received("20s")).isEqualTo(3);
        restart();
        assertThat(device.received("20s")).isEqualTo(3);
    }

    @Test
    void aSnapshotThatWasAskedForHasAnId() {
        device.receive(7);
        long id = device.history.store();
        assertThat(store.find(id).orElseThrow().json()).isEqualTo("{\"received\":7}");
        assertThat(device.history.storedSnapshots()).isEqualTo(id);
        assertThat(device.history.lastStoredEpochMillis()).isEqualTo(clock.millis());
    }

    @Test
    void aWholeEpochIsFoundByItsNumber() {
        device.receive(1);
        device.metrics.reset(device.history);
        device.receive(2);
        assertThat(ofEpoch(1)).isEqualTo(1);
        assertThat(ofEpoch(2)).isEqualTo(2);
        assertThat(ofEpoch(-1)).isEqualTo(2);
        assertThatThrownBy(() -> ofEpoch(3)).hasMessage("epoch:3: there is none; known are 1 to 2");
    }

    private long ofEpoch(int number) {
        return device.history
                .capture(new Window.OfEpoch(number))
                .snapshot()
                .operations()
                .getChangesReceived();
    }

    private void transition(SyncState from, SyncState to) {
        device.metrics.recorder().stateChanged(from, to, "because");
    }

    @Test
    void aTrendIsThePaceSinceASampleOfAtLeastAStepAgo() {
        device.receive(10);
        tick();
        device.receive(30);
        clock.advance(Duration.ofSeconds(5));
        Trend trend = device.history.trend().orElseThrow();
        assertThat(trend.span()).isEqualTo(Duration.ofSeconds(15));
        assertThat(trend.perSecond(Work.RECEIVED)).isEqualTo(40 / 15.0);
        assertThat(trend.perSecond(Work.APPLIED)).isZero();
    }

    @Test
    void aTrendHasOneNumberForEachStepThatIsOver() {
        for (int changes : List.of(1, 2, 3)) {
            device.receive(changes);
            tick();
        }
        device.receive(50);
        clock.advance(Duration.ofSeconds(9));
        assertThat(received(device.history.trend())).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatASampleSpansIsSharedOutOverItsSteps() {
        clock.advance(Duration.ofSeconds(5));
        device.history.sample();
        device.receive(20);
        clock.advance(Duration.ofSeconds(20));
        device.history.sample();
        clock.advance(Duration.ofSeconds(5));
        assertThat(received(device.history.trend())).containsExactly(5L, 10L, 5L);
    }

    @Test
    void aTrendLooksBackSoFarAndNoFurther() {
        for (int i = 0; i < 100; i++) {
            device.receive(i);
            tick();
        }
        assertThat(received(device.history.trend()))
                .hasSize(Trend.STEPS)
                .startsWith(70L)
                .endsWith(99L);
    }

    @Test
    void aNewEpochHasNoTrendYet() {
        assertThat(device.history.trend()).isEmpty();
        tick();
        assertThat(device.history.trend()).isPresent();
        device.metrics.reset(device.history);
        assertThat(device.history.trend()).isEmpty();
        tick();
        assertThat(received(device.history.trend())).containsExactly(0L);
        device.metrics.disable(device.history);
        assertThat(device.history.trend()).isEmpty();
    }

    private static List<Long> received(Optional<Trend> trend) {
        return trend.orElseThrow().steps(Work.RECEIVED);
    }

    private void tick() {
        clock.advance(Duration.ofSeconds(10));
        device.history.sample();
    }

    private void restart() {
        device.history.close();
        device = new Device();
    }
}
