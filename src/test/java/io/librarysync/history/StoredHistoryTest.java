package io.librarysync.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SnapshotWindow;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.metrics.SyncMetricsSnapshot;
import io.librarysync.testing.ManualClock;
import io.librarysync.testing.MemorySnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A device received 4 changes, stopped, received 6 in its next run and crashed ten seconds later. */
class StoredHistoryTest {
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final DeviceId DESKTOP = DeviceId.parse("e20b5f31-0000-4000-8000-000000000001");
    private static final Member LIBRARY = new Member("library", "My Library");
    private static final Member DEVICE = new Member("self", "MacBook");

    private final ManualClock clock = new ManualClock();
    private final MemorySnapshotStore store = new MemorySnapshotStore();

    StoredHistoryTest() {
        run(4).close();
        clock.advance(Duration.ofSeconds(30));
        run(6).writeSoon();
        clock.advance(Duration.ofHours(5));
    }

    @Test
    void nowIsTheMomentOfTheLastSample() {
        Instant crash = Instant.parse("2026-02-03T11:00:50Z");
        StoredHistory history = open();
        assertThat(history.now()).isEqualTo(crash);
        SyncMetricsSnapshot last = snapshot(history, "5s");
        assertThat(last.operations().getChangesReceived()).isEqualTo(6);
        assertThat(last.window())
                .isEqualTo(new SnapshotWindow(crash.minusSeconds(10), crash, SnapshotWindow.Span.PAST, List.of()));
        assertThat(snapshot(history, "1m").operations().getChangesReceived()).isEqualTo(10);
    }

    @Test
    void aSnapshotSaysWhoseItIs() {
        SyncMetricsSnapshot snapshot = open().capture(Window.CURRENT_EPOCH).snapshot();
        assertThat(List.of(snapshot.library(), snapshot.device())).containsExactly(LIBRARY, DEVICE);
        assertThat(snapshot.operations().getChangesReceived()).isEqualTo(6);
    }

    @Test
    void anEpochThatACrashCutOffIsOver() {
        assertThat(open().epochs()).extracting(Epoch::endedBy).containsExactly(Epoch.Ending.STOP, Epoch.Ending.CRASH);
        assertThat(store.epochs()).extracting(Epoch::isOpen).containsExactly(false, true);
    }

    @Test
    void anEpochIsFoundByItsNumber() {
        assertThat(open().capture(new Window.OfEpoch(1)).snapshot().operations().getChangesReceived())
                .isEqualTo(4);
    }

    @Test
    void nothingCanBeAddedToIt() {
        assertThatThrownBy(open()::store).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEmptyStoreKnowsNothing() {
        StoredHistory empty = new StoredHistory(new MemorySnapshotStore(), LIBRARY, DEVICE);
        assertThat(empty.epochs()).isEmpty();
        assertThatThrownBy(empty::now).isInstanceOf(NothingKnownException.class).hasMessage("nothing was recorded yet");
    }

    /** One run of ten seconds. */
    private History run(int changes) {
        SyncMetrics metrics = new SyncMetrics(LIBRARY, DEVICE, clock, List.of(ENTRY), true);
        History history =
                new History(metrics, store, clock, HistorySettings.STANDARD, "run", snapshot -> "{}", Runnable::run);
        history.begin(Runnable::run);
        metrics.recorder().changesReceived(DESKTOP, Route.LIVE, ModelTally.of(ENTRY, changes));
        clock.advance(Duration.ofSeconds(10));
        history.sample();
        return history;
    }

    private StoredHistory open() {
        return new StoredHistory(store, LIBRARY, DEVICE);
    }

    private static SyncMetricsSnapshot snapshot(StoredHistory history, String window) {
        return history.capture(Window.parse(window, history.now(), ZoneOffset.UTC))
                .snapshot();
    }
}
