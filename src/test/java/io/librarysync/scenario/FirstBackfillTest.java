package io.librarysync.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.EngineKey;
import io.librarysync.engine.LibraryModels;
import io.librarysync.engine.LibraryReader;
import io.librarysync.engine.LocalChange;
import io.librarysync.engine.LocalChange.Put;
import io.librarysync.engine.RecordData;
import io.librarysync.metrics.StateTransition;
import io.librarysync.metrics.SyncMetricsSnapshot;
import io.librarysync.testing.Invariants;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstBackfillTest {

    private TestLibrary library;
    private TestDevice a;

    @BeforeEach
    void startOne(@TempDir Path directory) {
        library = new TestLibrary(directory, EngineConfig.defaults().with(EngineKey.BACKFILL_BATCH_SIZE, 50), true);
        a = library.start("A");
    }

    @AfterEach
    void stopAll() {
        library.close();
    }

    @Test
    void aNewDevicePullsEverythingInPages() {
        a.addLocation();
        a.addFiles(0, 120);
        a.addTag("red");
        UUID gone = a.addTag("green");
        a.removeTag(gone);
        library.settle();
        TestDevice b = startAndConnect();

        SyncMetricsSnapshot pulled = b.snapshot();
        assertThat(pulled.state().getStateHistory().stream().map(StateTransition::reason))
                .containsExactly("peer connected", "backfill complete", "caught up");
        assertThat(pulled.operations().getReceivedByRoute())
                .isEqualTo(Map.of("live", 0L, "retry", 0L, "catch_up", 0L, "backfill", 123L, "snapshot", 2L));
        assertThat(pulled.operations().getBackfillPaginationRounds()).isEqualTo(7);
        assertThat(pulled.operations().getSessionsCompleted()).isEqualTo(Map.of("backfill", 1L, "catch_up", 0L));
        assertThat(pulled.operations().getChangesApplied()).isEqualTo(125);
        assertThat(a.snapshot().operations().getChangesDeferred()).containsEntry("no_peer", 126L);
        Invariants.check(library);
    }

    @Test
    void changesMadeDuringABackfillAreBufferedAndThenTaken() {
        a.addLocation();
        List<UUID> files = a.addFiles(0, 200);
        library.settle();
        TestDevice b = library.start("B");
        library.connectWithoutRunning(a, b);
        library.runUntil(() -> b.snapshot().state().getCurrentState().equals("Backfilling"));
        a.commitLater(a.files(200, 100));
        a.commitLater(List.of(a.removal(files.get(0))));
        library.runUntil(() -> b.snapshot().operations().getHeldBuffer() > 0);
        library.settle();

        assertThat(b.snapshot().operations().getHeldBuffer()).isZero();
        assertThat(b.snapshot().operations().getReceivedByRoute().get("live")).isPositive();
        Invariants.check(library);
    }

    @ParameterizedTest(name = "the {0}. from the first page")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void whicheverTransactionFailsABackfillEndsWithEverything(int transaction) {
        a.addLocation();
        a.addFiles(0, 200);
        library.settle();
        TestDevice b = library.start("B");
        library.connectWithoutRunning(a, b);
        library.runUntil(() -> b.snapshot().state().getCurrentState().equals("Backfilling"));
        b.failAt(transaction);
        a.commitLater(a.files(200, 100));
        a.commitLater(List.of(a.removal(a.rootEntry())));
        library.runUntil(() -> b.snapshot().state().getCurrentState().equals("Ready"));
        Invariants.checkRunning(library);
        library.settle();
        library.scheduler().advance(Duration.ofMinutes(1));

        assertThat(b.snapshot().errors().getDatabaseErrors()).isEqualTo(1);
        assertThat(b.store().read(LibraryReader::checkpoints)).isEmpty();
        Invariants.check(library);
    }

    @Test
    void twoFullDevicesPullFromEachOther() {
        a.addLocation();
        a.addFiles(0, 60);
        TestDevice b = library.start("B");
        b.addLocation();
        b.addFiles(0, 70);
        b.addTag("blue");
        library.connect(a, b);
        library.settle();

        assertThat(a.snapshot().operations().getChangesApplied()).isEqualTo(74);
        assertThat(b.snapshot().operations().getChangesApplied()).isEqualTo(63);
        Invariants.check(library);
    }

    @Test
    void aDependencyThatComesLaterIsWaitedFor() {
        a.addLocation();
        a.addFiles(0, 3);
        a.tag("red", a.root() + "/file1");
        library.settle();
        TestDevice b = startAndConnect();

        assertThat(b.snapshot().operations().getHeldWaiting()).isZero();
        assertThat(b.snapshot().operations().getReceivedByRoute()).containsEntry("snapshot", 2L);
        Invariants.check(library);
    }

    @Test
    void aBackfillThatWasInterruptedAfterItsLastRecordIsOver() {
        a.addTag("red");
        library.settle();
        TestDevice b = library.start("B");
        library.connectWithoutRunning(a, b);
        library.runUntil(() -> !b.tagNamed("red").isEmpty());
        library.stop(b);
        assertThat(b.snapshot().state().getCurrentState()).isEqualTo("Paused");
        TestDevice again = library.restart(b);
        library.connect(a, again);
        library.settle();

        assertThat(again.snapshot().state().getStateHistory().stream().map(StateTransition::reason))
                .containsExactly("nothing to pull");
        assertThat(again.store().read(LibraryReader::checkpoints)).isEmpty();
    }

    @Test
    void whatAKilledCatchUpHeldTakesItsTurnWhenItIsPulledAgain() {
        TestDevice b = library.start("B");
        library.connect(a, b);
        a.addTag("tag 0");
        library.settle();
        library.disconnect(a, b);
        addTags(1, 60);
        library.settle();
        library.connectWithoutRunning(a, b);
        library.runUntil(() -> b.snapshot().state().getCurrentState().equals("CatchingUp"));
        addTags(60, 160);
        library.runUntil(() -> b.tagNamed("tag 59").size() == 1);
        assertThat(b.snapshot().operations().getHeldBuffer()).isPositive();
        library.kill(b);
        TestDevice again = library.restart(b);
        library.connect(a, again);
        library.settle();

        assertThat(again.all(LibraryModels.TAG)).hasSize(160);
        assertThat(again.snapshot().operations().getHeldBuffer()).isZero();
        Invariants.check(library);
    }

    private void addTags(int from, int to) {
        a.commitLater(IntStream.range(from, to)
                .mapToObj(i -> (LocalChange) new Put(
                        LibraryModels.TAG,
                        new UUID(0, i),
                        RecordData.builder().put("name", "tag " + i).build()))
                .toList());
    }

    @Test
    void atNoMomentOfABackfillMoreEndsThanWasReceived() {
        a.addLocation();
        a.addFiles(0, 120);
        for (int i = 0; i < 9; i++) {
            a.tag("red", a.root() + "/file" + i);
        }
        library.settle();
        TestDevice b = library.start("B");
        library.connectWithoutRunning(a, b);
        long[] mostWaiting = new long[1];
        library.runUntil(() -> {
            var ops = b.snapshot().operations();
            assertThat(ops.getChangesApplied() + ops.getChangesRejected())
                    .isLessThanOrEqualTo(ops.getChangesReceived());
            mostWaiting[0] = Math.max(mostWaiting[0], ops.getHeldWaiting());
            return b.snapshot().state().getCurrentState().equals("Ready");
        });
        library.settle();

        assertThat(mostWaiting[0]).isEqualTo(9);
        Invariants.check(library);
    }

    private TestDevice startAndConnect() {
        TestDevice b = library.start("B");
        library.connect(a, b);
        library.settle();
        return b;
    }
}
