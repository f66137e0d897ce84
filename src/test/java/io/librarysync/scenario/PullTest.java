package io.librarysync.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.EngineKey;
import io.librarysync.engine.LibraryModels;
import io.librarysync.engine.LibraryReader;
import io.librarysync.metrics.OperationMetricsMXBean;
import io.librarysync.testing.Invariants;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pull may conclude from its pages, and what it must not. */
class PullTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Path directory;
    private TestLibrary library;
    private TestDevice a;
    private TestDevice b;

    @SuppressWarnings("NullAway.Init") // each test starts the devices with pages of its own size
    PullTest(@TempDir Path temporary) {
        directory = temporary;
    }

    @AfterEach
    void stopAll() {
        library.close();
    }

    @Test
    void aRestartAfterAPruneForgetsNoRev() {
        startWithPagesOf(100);
        library.connect(a, b);
        a.addLocation();
        UUID last = a.addFiles(0, 3).get(2);
        a.removeEntry(last);
        library.settle();
        library.scheduler().advance(Duration.ofHours(2));
        library.stop(a);
        a = library.restart(a);
        library.connect(a, b);
        library.settle();
        Invariants.check(library);
    }

    @Test
    void aPeerWhoseClockIsFarAheadIsNotAskedAgainAndAgain() {
        startWithPagesOf(3);
        writeInTheFuture(() -> a.addTag("red"));
        library.connectWithoutRunning(a, b);
        library.runSome(5_000);

        assertThat(b.snapshot().operations().getSessionsFailed()).containsEntry("backfill", 1L);
        library.scheduler().advance(Duration.ofMinutes(30));
        assertThat(b.snapshot().operations().getBackfillPaginationRounds()).isBetween(5L, 20L);
        assertThat(b.snapshot().state().getStateHistory())
                .noneMatch(edge -> edge.reason().equals("escalated"));

        library.scheduler().advance(HOUR);
        library.settle();
        Invariants.check(library);
    }

    @Test
    void aClockThatIsAheadDuringALongPullEndsIt() {
        startWithPagesOf(3);
        library.connect(a, b);
        a.addTag("first");
        library.settle();
        library.disconnect(a, b);
        writeInTheFuture(() -> {
            for (int i = 0; i < 10; i++) {
                a.addTag("tag" + i);
            }
        });
        library.connectWithoutRunning(a, b);
        library.runSome(5_000);
        assertThat(b.snapshot().operations().getSessionsFailed()).containsEntry("catch_up", 1L);

        library.scheduler().advance(Duration.ofHours(2));
        library.settle();
        Invariants.check(library);
    }

    @Test
    void aRecordOfASnapshotThatIsAheadOfTheClockComesLater() {
        startWithPagesOf(3);
        TestDevice c = library.start("C");
        library.connect(a, c);
        UUID tag = a.addTag("red");
        a.addTag("blue");
        library.settle();
        library.scheduler().advance(HOUR);
        assertThat(a.snapshot().operations().getLogPruned()).isEqualTo(2);
        writeInTheFuture(() -> a.putTag(tag, "crimson"));
        library.connectWithoutRunning(a, b);
        library.runSome(5_000);
        assertThat(b.tagNamed("crimson")).isEmpty();

        library.scheduler().advance(Duration.ofHours(2));
        library.connect(b, c);
        library.settle();
        assertThat(b.tagNamed("crimson")).containsExactly(tag);
        Invariants.check(library);
    }

    @Test
    void aSnapshotHasWhatItsServerCannotPlaceYet() {
        startWithPagesOf(3);
        a.addLocation();
        a.addFiles(0, 20);
        for (int i = 0; i < 8; i++) {
            a.tag("red", a.root() + "/file" + i);
        }
        library.settle();
        TestDevice c = library.start("C");
        library.connectWithoutRunning(a, b);
        library.runUntil(() -> b.snapshot().operations().getHeldWaiting() == 8 && knows(b, a));
        library.disconnect(a, b);
        library.connect(b, c);
        library.scheduler().advance(Duration.ofMinutes(1));
        assertThat(knows(c, a)).isTrue();

        connectAll(c);
        library.settle();
        Invariants.check(library);
    }

    @Test
    void aPageOfStateHasWhatItsServerCannotPlaceYet() {
        writeTwoFilesBeforeTheirRoot();
        TestDevice c = library.start("C");
        letThemWaitOnB();
        library.disconnect(a, b);
        library.connect(b, c);
        library.scheduler().advance(Duration.ofMinutes(1));
        assertThat(c.snapshot().operations().getHeldWaiting()).isEqualTo(2);

        connectAll(c);
        library.settle();
        Invariants.check(library);
    }

    @Test
    void aDeviceThatIsKilledWhileItWaitsBalancesItsBooksWithWhatItFinds() {
        writeTwoFilesBeforeTheirRoot();
        letThemWaitOnB();
        library.kill(b);
        TestDevice again = library.restart(b);
        assertThat(again.snapshot().operations().getHeldWaiting()).isEqualTo(2);
        library.connect(a, again);
        library.settle();

        OperationMetricsMXBean ops = again.snapshot().operations();
        assertThat(ops.getChangesApplied() + ops.getChangesRejected()).isEqualTo(ops.getChangesReceived() + 2);
        Invariants.check(library);
    }

    @Test
    void aRestartedDeviceBeginsWithWhatItHeld() {
        writeTwoFilesBeforeTheirRoot();
        letThemWaitOnB();
        library.disconnect(a, b);
        library.stop(b);
        TestDevice again = library.restart(b);
        assertThat(again.snapshot().operations().getOpeningBalance()).isEqualTo(Map.of("changes_received", 2L));

        library.connect(a, again);
        library.settle();
        OperationMetricsMXBean ops = again.snapshot().operations();
        assertThat(ops.getBufferQueueDepth()).isZero();
        assertThat(ops.getChangesReceived() + 2).isEqualTo(ops.getChangesApplied() + ops.getChangesRejected());
    }

    @ParameterizedTest(name = "{0} records a page")
    @ValueSource(longs = {1, 50})
    void whatMovedOutOfADeletedTreeKeepsItsTags(long records) {
        startWithPagesOf(records);
        TestDevice c = library.start("C");
        connectAll(c);
        a.addLocation();
        UUID tree = a.addDirectory("tree");
        UUID file = a.addFile(tree, "file");
        a.addFile(tree, "other");
        library.settle();
        b.tag("red", a.root() + "/tree/file", a.root() + "/tree/other");
        library.settle();
        library.disconnect(a, b);
        library.disconnect(a, c);
        a.commit(List.of(a.renamed(file, a.rootEntry(), "file")));
        a.removeEntry(tree);
        a.addFiles(0, 4);
        a.commit(List.of(a.renamed(file, a.rootEntry(), "renamed")));
        library.settle();
        library.connect(a, b);
        library.settle();

        assertThat(tagsOn(b, file)).hasSize(1);
        library.connect(a, c);
        library.settle();
        Invariants.check(library);
    }

    @ParameterizedTest(name = "parted after {0} pages")
    @ValueSource(longs = {1, 3})
    void aPullThatEndsHalfWayLosesNothingOfADeletedTree(long pages) {
        startWithPagesOf(1);
        TestDevice c = library.start("C");
        connectAll(c);
        a.addLocation();
        UUID tree = a.addDirectory("tree");
        UUID file = a.addFile(tree, "file");
        library.settle();
        b.tag("red", a.root() + "/tree/file");
        library.settle();
        library.disconnect(a, b);
        library.disconnect(a, c);
        a.commit(List.of(a.renamed(file, a.rootEntry(), "file")));
        a.removeEntry(tree);
        a.addFiles(0, 3);
        a.commit(List.of(a.renamed(file, a.rootEntry(), "renamed")));
        library.settle();
        long before = pagesPulled(b);
        library.connectWithoutRunning(a, b);
        library.runUntil(() -> pagesPulled(b) == before + pages);
        library.disconnect(a, b);
        library.scheduler().advance(Duration.ofMinutes(10));
        library.connect(a, c);
        library.connect(a, b);
        library.settle();

        assertThat(tagsOn(b, file)).hasSize(1);
        Invariants.check(library);
    }

    @Test
    void aPullFromNothingIsFull() {
        startWithPagesOf(3);
        a.addTag("red");
        b.addTag("blue");
        library.settle();
        library.connect(a, b);
        library.settle();

        OperationMetricsMXBean ops = b.snapshot().operations();
        assertThat(List.of(ops.getPullsFull(), ops.getPullsIncremental())).containsExactly(1L, 0L);
    }

    /** The root was written last, so the page that has it comes after those of its files. */
    private void writeTwoFilesBeforeTheirRoot() {
        startWithPagesOf(1);
        a.addLocation();
        a.addFiles(0, 2);
        a.commit(List.of(a.renamed(a.rootEntry(), null, "root")));
        library.settle();
    }

    private void letThemWaitOnB() {
        library.connectWithoutRunning(a, b);
        library.runUntil(() -> b.snapshot().operations().getHeldWaiting() == 2);
    }

    private void startWithPagesOf(long records) {
        library =
                new TestLibrary(directory, EngineConfig.defaults().with(EngineKey.BACKFILL_BATCH_SIZE, records), true);
        a = library.start("A");
        b = library.start("B");
    }

    private void writeInTheFuture(Runnable writing) {
        library.clock().setWallOffset(HOUR);
        writing.run();
        library.scheduler().advance(Duration.ofSeconds(1));
        library.clock().setWallOffset(Duration.ZERO);
    }

    private void connectAll(TestDevice c) {
        library.connect(a, b);
        library.connect(b, c);
        library.connect(a, c);
    }

    private static long pagesPulled(TestDevice device) {
        return device.snapshot().operations().getBackfillPaginationRounds();
    }

    private static boolean knows(TestDevice device, TestDevice author) {
        long written = author.store().read(LibraryReader::clock).lastSeq();
        return device.store().read(LibraryReader::authorProgress).stream()
                .anyMatch(progress -> progress.author().equals(author.id()) && progress.seq() == written);
    }

    private static List<UUID> tagsOn(TestDevice device, UUID entry) {
        return device.store().read(reader -> reader.referringTo(LibraryModels.ENTRY_TAG, Map.of("entry", entry)));
    }
}
