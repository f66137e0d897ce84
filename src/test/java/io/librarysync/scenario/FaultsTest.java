package io.librarysync.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.LibraryReader;
import io.librarysync.metrics.SyncMetricsSnapshot;
import io.librarysync.testing.Faults;
import io.librarysync.testing.Invariants;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What random histories found, each in as few steps as it takes. */
class FaultsTest {

    private TestLibrary library;
    private TestDevice a;
    private TestDevice b;

    @BeforeEach
    void connectTwo(@TempDir Path directory) {
        library = new TestLibrary(directory, EngineConfig.defaults(), true);
        a = library.start("A");
        b = library.start("B");
        library.connect(a, b);
        library.settle();
    }

    @AfterEach
    void stopAll() {
        library.close();
    }

    @Test
    void twoThatHeardNothingOfEachOtherForAWhileMeetAgain() {
        disturbBothWays(Faults.ofBlackHole());
        library.scheduler().advance(Duration.ofMinutes(5));
        assertThat(a.snapshot().state().getPeersOnline()).isZero();
        assertThat(b.snapshot().state().getPeersOnline()).isZero();
        a.addTag("red");
        library.network().heal();
        library.settle();

        assertThat(b.tagNamed("red")).hasSize(1);
        Invariants.check(library);
    }

    @Test
    void whatMovedUnseenIntoADeletedTreeIsDeletedEverywhere() {
        a.addLocation();
        UUID tree = a.addDirectory("tree");
        UUID deeper = a.addFile(tree, "deeper");
        UUID file = a.addFile(a.rootEntry(), "wanderer");
        library.settle();
        library.disconnect(a, b);
        a.commit(List.of(a.renamed(file, deeper, "wanderer")));
        long before = a.snapshot().operations().getLocalChangesCommitted();
        a.removeEntry(tree);
        assertThat(a.snapshot().operations().getLocalChangesCommitted() - before)
                .isEqualTo(2);
        library.settle();
        library.connect(a, b);
        library.settle();

        assertThat(b.engine().search("wanderer", 10)).isEmpty();
        Invariants.check(library);
    }

    @Test
    void aFileThatIsRenamedAfterItsDeletionStaysDeleted() {
        a.addLocation();
        UUID file = a.addFile(a.rootEntry(), "report");
        library.settle();
        a.commitLater(List.of(a.removal(file)));
        a.commitLater(List.of(a.renamed(file, a.rootEntry(), "final report")));
        library.settle();

        assertThat(a.engine().search("report", 10)).isEmpty();
        Invariants.check(library);
    }

    @Test
    void nobodyIsInSyncWithAPeerThatHasNotSaidWhatItHasSinceItIsBack() {
        library.network().disconnect(a.id(), b.id());
        b.addTag("red");
        library.settle();
        library.network().disturb(b.id(), a.id(), Faults.ofBlackHole(), 1);
        library.connectWithoutRunning(b, a);
        library.scheduler().advance(Duration.ofMillis(284));
        assertThat(a.snapshot().state().getOutOfSyncReasons()).containsExactly("B has not said yet what it has");

        library.network().heal();
        library.settle();

        assertThat(a.tagNamed("red")).hasSize(1);
        assertThat(a.snapshot().state().isInSync()).isTrue();
        assertThat(a.snapshot().state().getOutOfSyncReasons()).isEmpty();
        Invariants.check(library);
    }

    @Test
    void whatIsStampedTooFarAheadComesOnceTimeHasCaughtUpWithIt() {
        library.setSkew(a.id(), Duration.ofMinutes(20));
        a.addTag("red");
        library.scheduler().advance(Duration.ofMinutes(9));
        SyncMetricsSnapshot early = b.snapshot();
        assertThat(b.tagNamed("red")).isEmpty();
        assertThat(early.operations().getRejectedByReason().get("clock_ahead")).isPositive();
        assertThat(early.state().getTransitionCount()).doesNotContainKey("Ready->Uninitialized");
        assertThat(a.snapshot().state().getCurrentState()).isEqualTo("Ready");
        library.scheduler().advance(Duration.ofMinutes(2));
        library.settle();

        assertThat(b.tagNamed("red")).hasSize(1);
        Invariants.check(library);
    }

    @Test
    void aPeerThatCouldNotBeSavedIsSavedWithTheNextHeartbeat() {
        TestDevice c = library.start("C");
        b.failAt(1);
        library.connect(b, c);
        assertThat(b.store().read(LibraryReader::devices)).hasSize(2);
        library.settle();
        library.scheduler().advance(Duration.ofSeconds(10));

        assertThat(b.store().read(LibraryReader::devices)).hasSize(3);
        assertThat(b.snapshot().errors().getDatabaseErrors()).isEqualTo(1);
        assertThat(b.snapshot().errors().getTotalErrors()).isEqualTo(1);
    }

    @Test
    void aDiskThatIsFullWhenADeviceStopsIsADatabaseError() {
        b.failAt(1);
        library.stop(b);

        assertThat(b.snapshot().errors().getDatabaseErrors()).isEqualTo(1);
    }

    private void disturbBothWays(Faults faults) {
        library.network().disturb(a.id(), b.id(), faults, 1);
        library.network().disturb(b.id(), a.id(), faults, 2);
    }
}
