package io.librarysync.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.RefusalReason;
import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.EngineKey;
import io.librarysync.engine.RefusedTransition;
import io.librarysync.events.SyncEvent;
import io.librarysync.events.SyncEventType;
import io.librarysync.metrics.EpochKeeper;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real work of a few devices brings about every type of event; one that nothing emits fails this. {@code illegal_transition}
 * is the exception: the engine never asks for one, so a second state machine is asked, which reports to the same device.
 */
class EveryEventHappensTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Path directory;
    private final Set<SyncEventType> seen = EnumSet.noneOf(SyncEventType.class);

    EveryEventHappensTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void everyTypeIsEmitted() throws IOException {
        aDeviceComesGoesAndCatchesUp();
        aPullFails();
        messagesFindNoRoomOrNobody();
        whatIsHeldFindsNoRoom();
        aParentNeverComes();
        aDeviceIsAwayForTooLong();
        aLibraryIsLost();
        metricsAreTurned();
        theEngineIsRefusedATransition();

        Set<SyncEventType> silent = EnumSet.allOf(SyncEventType.class);
        silent.removeAll(seen);
        assertThat(silent).isEmpty();
    }

    private void aDeviceComesGoesAndCatchesUp() {
        in("healthy", EngineConfig.defaults(), (library, a, b) -> {
            library.connect(a, b);
            library.settle();
            library.disconnect(a, b);
            a.addFiles(0, 5);
            library.settle();
            library.connect(a, b);
            library.settle();
            assertThat(types(b))
                    .contains(
                            SyncEventType.BACKFILL_SESSION_COMPLETED,
                            SyncEventType.CATCH_UP_SESSION_COMPLETED,
                            SyncEventType.PEER_DISCONNECTED);
        });
    }

    private void aPullFails() {
        in("failing", EngineConfig.defaults().with(EngineKey.BACKFILL_BATCH_SIZE, 2), (library, a, b) -> {
            library.connectWithoutRunning(a, b);
            library.runUntil(() -> b.snapshot().operations().getBackfillPaginationRounds() == 2);
            library.disconnect(a, b);
            library.connect(a, b);
            library.settle();
            library.disconnect(a, b);
            a.addFiles(0, 20);
            library.settle();
            long before = b.snapshot().operations().getBackfillPaginationRounds();
            library.connectWithoutRunning(a, b);
            library.runUntil(() -> b.snapshot().operations().getBackfillPaginationRounds() > before + 1);
            library.disconnect(a, b);
            library.network().refuse(a.id(), b.id(), RefusalReason.WRONG_SECRET);
            library.scheduler().runUntilIdle();
        });
    }

    private void messagesFindNoRoomOrNobody() {
        in("outbox", EngineConfig.defaults().with(EngineKey.OUTBOX_CAPACITY, 50), (library, a, b) -> {
            library.connect(a, b);
            library.settle();
            a.commit(a.files(0, 80));
            library.settle();
            a.commitLater(a.files(100, 10));
            library.runUntil(() -> a.snapshot().operations().getChangesOutstanding() > 0);
            library.disconnect(a, b);
            library.scheduler().advance(Duration.ofMinutes(10));
        });
    }

    private void whatIsHeldFindsNoRoom() {
        EngineConfig config =
                EngineConfig.defaults().with(EngineKey.BUFFER_CAPACITY, 5).with(EngineKey.BACKFILL_BATCH_SIZE, 2);
        in("buffer", config, (library, a, b) -> {
            library.connectWithoutRunning(a, b);
            library.runUntil(() -> b.snapshot().state().getCurrentState().equals("Backfilling"));
            a.commitLater(a.files(1_000, 100));
            library.settle();
        });
    }

    /** The root was written last, so the page that has it comes after those of its files; it is never asked for. */
    private void aParentNeverComes() {
        EngineConfig config = EngineConfig.defaults().with(EngineKey.BACKFILL_BATCH_SIZE, 1);
        in("stuck", config, (library, a, b) -> {
            a.addFiles(0, 2);
            a.commit(List.of(a.renamed(a.rootEntry(), null, "root")));
            library.settle();
            library.connectWithoutRunning(a, b);
            library.runUntil(() -> b.snapshot().operations().getHeldWaiting() >= 1);
            library.kill(a);
            b.pause();
            b.resume();
            library.scheduler().advance(HOUR);
        });
    }

    private void aDeviceIsAwayForTooLong() {
        in("floors", EngineConfig.defaults(), (library, a, b) -> {
            library.connect(a, b);
            List<UUID> files = a.addFiles(0, 3);
            library.settle();
            library.disconnect(a, b);
            a.removeEntry(files.get(0));
            library.scheduler().advance(Duration.ofDays(8));
            library.connect(a, b);
            library.settle();
        });
    }

    private void aLibraryIsLost() throws IOException {
        try (TestLibrary library = library("lost", EngineConfig.defaults())) {
            TestDevice a = library.start("A");
            TestDevice b = library.start("B");
            library.connect(a, b);
            b.addTag("red");
            library.settle();
            library.stop(b);
            Files.delete(directory.resolve("lost").resolve("B.db"));
            TestDevice emptied = library.restart(b);
            library.connect(a, emptied);
            collect(emptied);
        }
    }

    private void metricsAreTurned() {
        in("metrics", EngineConfig.defaults(), (library, a, b) -> {
            a.resetMetrics();
            a.metrics().disable(EpochKeeper.NONE);
            a.metrics().enable(EpochKeeper.NONE);
        });
    }

    private void theEngineIsRefusedATransition() {
        in(
                "illegal",
                EngineConfig.defaults(),
                (library, a, b) -> RefusedTransition.in(a.metrics().recorder()));
    }

    /** What happens between two devices, of which the first has a few files. */
    private interface Scenario {
        void play(TestLibrary library, TestDevice a, TestDevice b);
    }

    private void in(String name, EngineConfig config, Scenario scenario) {
        try (TestLibrary library = library(name, config)) {
            TestDevice a = library.start("A");
            a.addLocation();
            a.addFiles(200, 20);
            a.addTag("red");
            library.settle();
            TestDevice b = library.start("B");
            scenario.play(library, a, b);
            collect(a);
            collect(b);
        }
    }

    private TestLibrary library(String name, EngineConfig config) {
        try {
            return new TestLibrary(Files.createDirectory(directory.resolve(name)), config, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void collect(TestDevice device) {
        seen.addAll(types(device));
    }

    private static Set<SyncEventType> types(TestDevice device) {
        Set<SyncEventType> types = EnumSet.noneOf(SyncEventType.class);
        device.events().journal().recent().stream().map(SyncEvent::type).forEach(types::add);
        return types;
    }
}
