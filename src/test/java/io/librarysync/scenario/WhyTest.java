package io.librarysync.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.librarysync.domain.Reach;
import io.librarysync.domain.RecordWhereabouts;
import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.EngineKey;
import io.librarysync.engine.LibraryModels;
import io.librarysync.insight.Why;
import io.librarysync.testing.Invariants;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The answers of real devices to the question why a record is not everywhere; the time is 11:00:00 at first. */
class WhyTest {
    private static final UUID NOBODYS = new UUID(1, 1);

    private final Path directory;
    private TestLibrary library;
    private TestDevice a;
    private TestDevice b;

    WhyTest(@TempDir Path temporary) {
        directory = temporary;
    }

    @BeforeEach
    void connectTwo() {
        EngineConfig smallPages = EngineConfig.defaults().with(EngineKey.BACKFILL_BATCH_SIZE, 50);
        library = new TestLibrary(directory, smallPages, true);
        a = library.start("A");
        b = library.start("B");
        library.connect(a, b);
        a.addLocation();
        library.settle();
    }

    @AfterEach
    void stopAll() {
        library.close();
    }

    @Test
    void whatArrivedIsOnBothDevicesWhoeverIsAsked() {
        UUID file = a.addFiles(0, 1).get(0);
        library.settle();

        assertThat(answer(a, file)).isEqualTo("on both devices");
        assertThat(answer(b, file)).isEqualTo("on both devices");
        assertThat(answer(b, a.root() + "/file0")).isEqualTo("on both devices");
        assertThat(why(b, file).everywhere()).isTrue();
        assertThat(change(b, file, a)).isEqualTo("here: has it");
        Invariants.check(library);
    }

    @Test
    void aLoneDeviceSaysThatThereIsNoOther(@TempDir Path other) {
        try (TestLibrary alone = new TestLibrary(other)) {
            TestDevice only = alone.start("A");
            UUID tag = only.addTag("red");
            CompletableFuture<RecordWhereabouts> found = only.engine().whereabouts("tag:red");
            alone.scheduler().runUntilIdle();

            Why why = Why.of(found.join(), null, ZoneOffset.UTC);
            assertThat(why.answer()).isEqualTo("on this device; the library has no other");
            assertThat(Objects.requireNonNull(why.record()).uuid()).isEqualTo(tag.toString());
        }
    }

    @Test
    void whatWasJustCommittedWaitsInTheOutbox() {
        UUID file = a.addFiles(0, 1).get(0);

        assertThat(answer(a, file)).isEqualTo("not on B yet: it waits in the outbox of this device");
        assertThat(answer(b, file)).isEqualTo("not on this device yet: it waits in the outbox of A");
        assertThat(answer(b, a.root() + "/file0")).isEqualTo("not on this device yet: it waits in the outbox of A");
        assertThat(change(a, file, b)).startsWith("committed: ");
    }

    @Test
    void aDeviceThatIsOfflineGetsItLater() {
        library.scheduler().advance(Duration.ofMinutes(2));
        library.disconnect(a, b);
        library.scheduler().advance(Duration.ofMinutes(3));
        UUID file = a.addFiles(0, 1).get(0);
        library.scheduler().advance(Duration.ofSeconds(1));

        assertThat(answer(a, file))
                .isEqualTo("not on B yet: B has been offline since 11:02:00; it pulls the change when it is back");
        assertThat(change(a, file, b)).startsWith("offline: ");
    }

    @Test
    void whatFailedToBeSentWaitsInTheRetryQueue() {
        UUID file = undelivered();

        assertThat(answer(a, file))
                .isEqualTo("not on B yet: B has been offline since 11:00:00;"
                        + " 1 change waits in the retry queue, next try in 5s");
        assertThat(change(a, file, b)).startsWith("retry: ");
        assertThat(Objects.requireNonNull(onDevice(a, file, b).sending()).problem())
                .isEqualTo(b.id() + " went away");

        library.scheduler().advance(Duration.ofSeconds(7));
        assertThat(answer(a, file)).endsWith("1 change waits in the retry queue, next try in 8s");
    }

    @Test
    void aThirdDeviceSaysInWhoseRetryQueueItIs() {
        TestDevice c = library.start("C");
        library.connect(a, c);
        library.settle();
        UUID file = undelivered();
        library.scheduler().advance(Duration.ofSeconds(1));

        assertThat(answer(c, file))
                .isEqualTo(
                        "not on B yet: B was never online here; 1 change waits in the retry queue of A, next try in 4s");
    }

    @Test
    void whatWasGivenUpComesByPull() {
        UUID file = undelivered();
        library.scheduler().advance(Duration.ofMinutes(10));

        assertThat(answer(a, file))
                .isEqualTo("not on B yet: B has been offline since 11:00:00; this device gave it up;"
                        + " B pulls it when it is back");
        assertThat(change(a, file, b)).startsWith("given_up: ");
    }

    @Test
    void aReceiptIsEnoughIfTheDeviceIsGoneSince() {
        UUID file = a.addFiles(0, 1).get(0);
        library.runUntil(() -> a.snapshot().operations().getChangesDelivered() > 3);
        library.disconnect(a, b);

        assertThat(change(a, file, b))
                .isEqualTo("delivered: B sent a receipt for it; now B has been offline since 11:00:00");
        assertThat(answer(a, file)).isEqualTo("on both devices");
    }

    @Test
    void whatADeviceToldBeforeItWentIsRemembered() {
        UUID tag = a.addTag("red");
        library.settle();
        library.scheduler().advance(Duration.ofMinutes(1));
        library.disconnect(a, b);

        assertThat(answer(a, tag)).isEqualTo("on both devices");
        assertThat(change(a, tag, b))
                .isEqualTo("settled: B told that it has taken it; now B has been offline since " + "11:01:00");
    }

    @Test
    void whatThePrunedLogNoLongerHasWasTakenByAll() {
        UUID tag = a.addTag("red");
        library.settle();
        library.scheduler().advance(Duration.ofHours(2));
        assertThat(a.snapshot().operations().getLogPruned()).isEqualTo(1);
        library.stop(b);
        library.stop(a);
        TestDevice again = library.restart(a);

        assertThat(answer(again, tag)).isEqualTo("on both devices");
        assertThat(change(again, tag, b)).startsWith("settled: B told that it has taken it; now B has been offline");
    }

    @Test
    void aPausedDeviceIsNotAskedAndGetsItOnceItIsResumed() {
        b.pause();
        UUID file = a.addFiles(0, 1).get(0);
        library.scheduler().advance(Duration.ofSeconds(1));
        long asked = frames(b, "RecordRequest");

        assertThat(answer(a, file))
                .isEqualTo("not on B yet: sync is paused on B; it pulls the change once it is resumed");
        assertThat(frames(b, "RecordRequest")).isEqualTo(asked);
        assertThat(change(a, file, b)).startsWith("paused: ");
    }

    @Test
    void aDeviceThatPausedThisMomentSaysSoItself() {
        UUID file = a.addFiles(0, 1).get(0);
        var unused = b.engine().pause();
        CompletableFuture<RecordWhereabouts> asked = a.engine().whereabouts(file.toString());
        library.scheduler().runUntilIdle();

        assertThat(asked.join().holders().get(1).reach()).isEqualTo(Reach.PAUSED);
    }

    @Test
    void nobodyIsAskedWhileThisDeviceIsPaused() {
        a.pause();
        UUID file = a.addFiles(0, 1).get(0);
        library.scheduler().advance(Duration.ofSeconds(1));

        assertThat(answer(a, file))
                .isEqualTo("not on B yet: sync is paused on this device; nothing leaves until sd sync resume");
        assertThat(frames(a, "RecordRequest")).isZero();
    }

    @Test
    void aPausedDeviceCannotKnowOfWhatItNeverGot() {
        b.pause();
        UUID file = a.addFiles(0, 1).get(0);
        library.scheduler().advance(Duration.ofSeconds(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> answer(b, file))
                .withMessage("of: no record of this library is " + file + ", and A could not be asked");
    }

    @Test
    void aDeviceThatBackfillsGetsItByItsPull() {
        a.addFiles(0, 300);
        library.settle();
        TestDevice c = library.start("C");
        library.connectWithoutRunning(a, c);
        library.runUntil(() -> c.snapshot().operations().getBackfillPaginationRounds() > 2);
        List<UUID> files = a.ownFiles();
        CompletableFuture<RecordWhereabouts> asked =
                c.engine().whereabouts(files.get(299).toString());
        while (!asked.isDone()) {
            library.scheduler().runOne();
        }

        assertThat(Why.of(asked.join(), null, ZoneOffset.UTC).answer())
                .isEqualTo("not on this device yet: this device is backfilling and gets it by its pull");
    }

    @Test
    void aLiveChangeIsHeldUntilThePullIsDone() {
        a.addFiles(0, 300);
        library.settle();
        TestDevice c = library.start("C");
        library.connectWithoutRunning(a, c);
        library.runUntil(() -> c.snapshot().state().getCurrentState().equals("Backfilling"));
        var late = a.files(1_000, 100);
        a.commitLater(late);
        while (c.snapshot().operations().getHeldBuffer() == 0) {
            library.clock().advance(Duration.ofMillis(1));
            library.scheduler().runOne();
        }
        CompletableFuture<RecordWhereabouts> asked =
                c.engine().whereabouts(late.get(99).uuid().toString());
        while (!asked.isDone()) {
            library.scheduler().runOne();
        }

        assertThat(Why.of(asked.join(), null, ZoneOffset.UTC).answer())
                .startsWith("not on this device yet: this device holds it since 11:00:")
                .endsWith(" until its pull is done");
    }

    @Test
    void anOlderVersionIsCalledSo() {
        UUID file = a.addFiles(0, 1).get(0);
        library.settle();
        library.scheduler().advance(Duration.ofMinutes(1));
        library.disconnect(a, b);
        a.commit(List.of(a.renamed(file, a.rootEntry(), "renamed")));
        library.scheduler().advance(Duration.ofSeconds(1));
        assertThat(answer(a, a.root() + "/renamed")).startsWith("not on B yet: B has been offline since 11:01:00");
        assertThat(answer(b, file)).isEqualTo("on both devices");

        var network = library.network();
        network.connect(a.id(), b.id());
        b.pause();
        library.scheduler().runUntilIdle();
        assertThat(onDevice(b, file, b).holds()).isEqualTo("newest");
    }

    @Test
    void aDeletionThatDidNotArriveIsCalledSo() {
        UUID file = a.addFiles(0, 1).get(0);
        library.settle();
        library.scheduler().advance(Duration.ofMinutes(1));
        a.removeEntry(file);
        assertThat(answer(a, file)).isEqualTo("deleted, but not on B yet: it waits in the outbox of this device");
        assertThat(answer(a, a.root() + "/file0"))
                .isEqualTo("deleted, but not on B yet: it waits in the outbox of this device");
        assertThat(answer(b, file)).isEqualTo("deleted, but not on this device yet: it waits in the outbox of A");
        library.settle();

        assertThat(answer(a, file)).isEqualTo("deleted on both devices");
        assertThat(answer(b, file)).isEqualTo("deleted on both devices");
    }

    @Test
    void whatHungOnADeletedDirectoryIsDeletedToo() {
        UUID folder = a.addDirectory("folder");
        UUID file = a.addFile(folder, "file");
        library.settle();
        a.removeEntry(folder);

        assertThat(answer(b, file))
                .isEqualTo("deleted, but not on this device yet:"
                        + " this device has not asked for it yet; its next pull brings it");
    }

    @Test
    void aTagTakenOffWithItsEntryIsDeleted() {
        UUID file = a.addFiles(0, 1).get(0);
        library.settle();
        b.tag("red", a.root() + "/file0");
        library.settle();
        UUID tag = b.tagNamed("red").get(0);
        UUID tagging = a.store()
                .read(store -> store.referringTo(LibraryModels.ENTRY_TAG, Map.of("tag", tag)))
                .get(0);
        assertThat(Objects.requireNonNull(why(a, tagging).record()).title()).isEqualTo("red on " + a.root() + "/file0");
        library.scheduler().advance(Duration.ofMinutes(1));
        library.disconnect(a, b);
        a.removeEntry(file);
        assertThat(answer(a, tagging))
                .isEqualTo("deleted on 1 of 2 devices; B has been offline since 11:01:00,"
                        + " and is not known to have deleted it");
        library.connect(a, b);
        library.settle();

        assertThat(answer(a, tagging)).isEqualTo("deleted on both devices");
        assertThat(answer(a, "tag:red")).isEqualTo("on both devices");
    }

    @Test
    void aDeviceWithAnOlderLibraryIsRefused() throws IOException {
        UUID before = b.addTag("red");
        library.settle();
        library.stop(b);
        Files.delete(directory.resolve("B.db"));
        TestDevice emptied = library.restart(b);
        library.connect(a, emptied);
        UUID after = a.addTag("blue");
        library.scheduler().advance(Duration.ofSeconds(20));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> answer(emptied, before))
                .withMessageEndingWith(", and A could not be asked");
        assertThat(answer(a, after))
                .isEqualTo("not on B: nothing is exchanged with B, because a library comes from an older copy;"
                        + " see sd sync metrics --errors");
    }

    @Test
    void whatNobodyKnowsIsRefusedInOneLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> answer(a, NOBODYS))
                .withMessage("of: no record of this library is " + NOBODYS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> answer(a, "tag:none"))
                .withMessage("of: no record of this library is tag:none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> answer(a, "file0"))
                .withMessage("of: a uuid, an absolute path or tag:NAME, found \"file0\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> answer(a, "/" + "x".repeat(5_000)))
                .withMessageStartingWith("of: a uuid, an absolute path or tag:NAME, found \"/xxx");
    }

    @Test
    void aNameOfSeveralTagsIsRefusedWithTheirUuids() {
        library.disconnect(a, b);
        UUID one = a.addTag("red");
        UUID other = b.addTag("red");
        library.connect(a, b);
        library.settle();

        List<String> both = Stream.of(one, other).map(UUID::toString).sorted().toList();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> answer(a, "tag:red"))
                .withMessage("of: 2 tags are called red; name one by its uuid: " + String.join(", ", both));
    }

    @Test
    void askingMovesNothingButFramesBytesAndStatements() {
        UUID file = a.addFiles(0, 1).get(0);
        library.settle();
        var before = a.snapshot();
        var beforeB = b.snapshot();
        answer(a, file);

        assertThat(a.snapshot().operations()).usingRecursiveComparison().isEqualTo(before.operations());
        assertThat(b.snapshot().operations()).usingRecursiveComparison().isEqualTo(beforeB.operations());
        assertThat(frames(b, "RecordRequest")).isEqualTo(1);
        assertThat(a.snapshot().dataVolume().getFramesReceived()).containsEntry("RecordResponse", 1L);
        Invariants.check(library);
    }

    @Test
    void aStoppedDeviceCannotSay() {
        CompletableFuture<RecordWhereabouts> asked;
        library.stop(b);
        asked = b.engine().whereabouts("tag:red");

        assertThat(asked).isCompletedExceptionally();
    }

    /** One file of A whose message B did not take, at 11:00:00 or soon after. */
    private UUID undelivered() {
        var files = a.files(0, 1);
        a.commitLater(files);
        library.runUntil(() -> a.snapshot().operations().getChangesOutstanding() > 0);
        library.disconnect(a, b);
        return files.get(0).uuid();
    }

    private static long frames(TestDevice device, String type) {
        return device.snapshot().dataVolume().getFramesReceived().getOrDefault(type, 0L);
    }

    private String answer(TestDevice asked, Object of) {
        return why(asked, of).answer();
    }

    /** Which place it is and why, on one of the devices. */
    private String change(TestDevice asked, Object of, TestDevice on) {
        Why.OnDevice device = onDevice(asked, of, on);
        return device.change() + ": " + device.reason();
    }

    private Why.OnDevice onDevice(TestDevice asked, Object of, TestDevice on) {
        return why(asked, of).devices().stream()
                .filter(device -> device.deviceId().equals(on.id().toString()))
                .findFirst()
                .orElseThrow();
    }

    private Why why(TestDevice asked, Object of) {
        CompletableFuture<RecordWhereabouts> found = asked.engine().whereabouts(of.toString());
        library.scheduler().runUntilIdle();
        try {
            return Why.of(found.join(), null, ZoneOffset.UTC);
        } catch (CompletionException e) {
            throw (RuntimeException) Objects.requireNonNull(e.getCause());
        }
    }
}
