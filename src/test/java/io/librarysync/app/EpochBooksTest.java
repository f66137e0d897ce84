package io.librarysync.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.LibraryId;
import io.librarysync.history.Epoch;
import io.librarysync.history.SnapshotStore;
import io.librarysync.history.SnapshotStoreException;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EpochBooksTest {
    private static final LibraryId LIBRARY = new LibraryId(new UUID(0, 1));
    private static final DeviceId DEVICE = new DeviceId(new UUID(0, 2));

    private final ManualClock clock = new ManualClock();
    private final SyncMetrics metrics = new SyncMetrics(
            new Member(LIBRARY.toString(), "Photos"), new Member(DEVICE.toString(), "laptop"), clock, List.of(), true);

    @Test
    void everyEpochOfARunHasItsOpeningItsEndAndItsLastSnapshot() {
        SnapshotStore store = SnapshotStore.inMemory(10);
        EpochBooks books = books(store);
        books.begin(metrics.epoch());
        tick();
        metrics.reset(books);
        tick();
        metrics.disable(books);
        tick();
        metrics.enable(books);
        tick();
        books.stop(metrics.snapshot());
        assertThat(store.epochs(LIBRARY))
                .extracting(epoch -> epoch.info().openedBy(), Epoch::endedBy)
                .containsExactly(
                        tuple("start", Epoch.Ending.RESET),
                        tuple("reset", Epoch.Ending.DISABLED),
                        tuple("enabled", Epoch.Ending.STOP));
        assertThat(store.count(LIBRARY)).isEqualTo(3);
    }

    @Test
    void aResetWhileDisabledWritesNothing() {
        SnapshotStore store = SnapshotStore.inMemory(10);
        EpochBooks books = books(store);
        books.begin(metrics.epoch());
        metrics.disable(books);
        metrics.reset(books);
        assertThat(store.count(LIBRARY)).isEqualTo(1);
        assertThat(store.epochs(LIBRARY)).hasSize(1);
    }

    @Test
    void withoutAStoreAResetFailsAndEverythingElseGoesOn() {
        EpochBooks books = books(SnapshotStore.unavailable("the disk is full"));
        books.begin(metrics.epoch());
        assertThatThrownBy(() -> metrics.reset(books))
                .isInstanceOf(SnapshotStoreException.class)
                .hasMessageContaining("the disk is full");
        metrics.disable(books);
        metrics.enable(books);
        books.stop(metrics.snapshot());
        assertThat(metrics.isEnabled()).isTrue();
    }

    private EpochBooks books(SnapshotStore store) {
        return new EpochBooks(store, LIBRARY, DEVICE, "a run", snapshot -> "{}");
    }

    private void tick() {
        clock.advance(Duration.ofSeconds(1));
    }
}
