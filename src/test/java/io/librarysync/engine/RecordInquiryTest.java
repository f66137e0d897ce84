package io.librarysync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RecordStanding;
import io.librarysync.domain.RecordStanding.Presence;
import io.librarysync.domain.RecordStanding.Version;
import io.librarysync.domain.RecordWhereabouts;
import io.librarysync.domain.RejectReason;
import io.librarysync.engine.Heads.StateHead;
import io.librarysync.insight.Why;
import io.librarysync.testing.TestDevice;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a device answers about records when its peer does what two healthy devices never do. */
class RecordInquiryTest extends ScriptedPeerFixture {
    private static final UUID VOLUME = new UUID(1, 1);
    private static final UUID LOCATION = new UUID(1, 2);
    private static final UUID PARENT = new UUID(1, 3);
    private static final UUID CHILD = new UUID(1, 4);
    private static final UUID TAG = new UUID(1, 5);
    private static final Message CANNOT_READ = new Message.Refusal("malformed", "this cannot be read");

    @Test
    void aWaiterNamesWhatItWaitsFor() {
        peer.answer(Message.RecordRequest.class, new Message.RecordResponse(present(CHILD, 1)));
        tellLocation();
        tellEntry(0, CHILD, 1, PARENT);

        assertThat(answer(CHILD))
                .isEqualTo("not on this device yet: this device holds it since 11:00:00:"
                        + " it needs its parent entry 00000000-0000-0001-0000-000000000003, which is not there yet");
        Why.Waiting held = why(CHILD).devices().get(0).held().get(0);
        assertThat(held)
                .isEqualTo(new Why.Waiting(
                        "dependency", "1", "Scripted", "parent entry", PARENT.toString(), 1770116400000L));
    }

    @Test
    void aChangeThatDoesNotFollowWaitsForWhatCameBefore() {
        peer.answer(Message.RecordRequest.class, new Message.RecordResponse(present(CHILD, 5)));
        tellLocation();
        peer.claim(entriesOf(peer.id(), 5));
        tellEntry(4, CHILD, 5, null);

        assertThat(answer(CHILD))
                .isEqualTo("not on this device yet: this device holds it since 11:00:00:"
                        + " what came before it is missing and has to be pulled");
    }

    @Test
    void aRejectionIsRememberedWithItsReason() {
        tellTag(1, Duration.ofHours(1));
        peer.answer(Message.RecordRequest.class, new Message.RecordResponse(tagOf(1, Duration.ofHours(1))));

        assertThat(answer(TAG))
                .isEqualTo("not on this device: this device rejected it at 11:00:00:"
                        + " clock_ahead, stamped 3600000 ms ahead of this device");
        assertThat(Objects.requireNonNull(why(TAG).devices().get(0).rejected()).reason())
                .isEqualTo("clock_ahead");
    }

    @Test
    void whatIsAppliedLaterIsNoLongerRejected() {
        tellTag(1, Duration.ofHours(1));
        library.scheduler().advance(Duration.ofHours(1));
        peer.connect();
        tellTag(1, Duration.ZERO);
        tellTag(2, Duration.ofMinutes(1));

        assertThat(why(TAG).devices().get(0).rejected()).isNull();
    }

    @Test
    void onlyTheLastThousandRejectionsAreKept() {
        Rejections rejections = new Rejections();
        for (int i = 0; i < 1_001; i++) {
            rejections.note(
                    new Incoming.Owned(
                            peer.id(), peer.id(), LibraryModels.ENTRY, 0, new StateChange(new UUID(2, i), i, null, 1)),
                    (Outcome.Rejected) Outcome.rejected(RejectReason.NOT_OWNER),
                    5);
        }

        assertThat(rejections.find(new UUID(2, 0))).isEmpty();
        assertThat(rejections.find(new UUID(2, 1))).isPresent();
        assertThat(rejections.find(new UUID(2, 1_000))).isPresent();
    }

    @Test
    void anOlderVersionOfThisSoftwareCannotSay() {
        peer.answer(Message.RecordRequest.class, CANNOT_READ);
        peer.takeChanges();
        UUID file = addFile();
        library.scheduler().advance(Duration.ofSeconds(1));

        assertThat(answer(file)).isEqualTo("on both devices");
        assertThat(change(file)).isEqualTo("delivered: Scripted sent a receipt for it; now Scripted cannot say");

        peer.claim(entriesOf(device.id(), 4));
        library.scheduler().advance(Duration.ofSeconds(20));
        assertThat(change(file)).isEqualTo("settled: Scripted told that it has taken it; now Scripted cannot say");
    }

    @Test
    void aPeerThatDoesNotAnswerIsWaitedForFiveSeconds() {
        UUID file = addFile();
        library.scheduler().advance(Duration.ofSeconds(1));
        CompletableFuture<RecordWhereabouts> found = device.engine().whereabouts(file.toString());
        library.scheduler().advance(Duration.ofMillis(4_999));
        assertThat(found).isNotDone();
        library.scheduler().advance(Duration.ofMillis(1));

        assertThat(Why.of(found.join(), null, ZoneOffset.UTC).answer())
                .isEqualTo("not on Scripted yet: it was sent to Scripted and has no receipt yet");
        assertThat(device.snapshot().errors().getTotalErrors()).isZero();
    }

    @Test
    void aPeerThatFailsToTakeItIsSentItAgain() {
        UUID file = addFile();
        library.scheduler().advance(Duration.ofSeconds(31));
        peer.answer(Message.RecordRequest.class, CANNOT_READ);

        assertThat(answer(file))
                .isEqualTo("not on Scripted yet: Scripted cannot say; 1 change waits in the retry queue,"
                        + " next try in 5s; the last one failed: no answer in time");
    }

    @Test
    void whatWasTakenWithoutEffectIsCalledSoWhenItsReasonIsForgotten() {
        peer.answer(Message.RecordRequest.class, new Message.RecordResponse(present(CHILD, 1)));
        tellLocation();
        tellState(LibraryModels.ENTRY, 0, new StateChange(CHILD, 1, RecordData.EMPTY, 1));
        assertThat(answer(CHILD))
                .isEqualTo("not on this device: this device rejected it at 11:00:00: validation, entry without name");
        peer.disconnect();
        library.stop(device);
        device = library.restart(device);
        library.network().connect(peer.id(), device.id());
        library.scheduler().runUntilIdle();

        assertThat(answer(CHILD))
                .isEqualTo("not on this device: this device took it without effect, and does not remember why");
    }

    @Test
    void whatNoDeviceThatIsThereHasComesWhenItsOwnerIsBack() {
        tellLocation();
        peer.claim(entriesOf(peer.id(), 5));
        tellEntry(4, CHILD, 5, null);
        TestDevice other = library.start("B");
        library.connect(device, other);
        library.scheduler().advance(Duration.ofSeconds(1));
        peer.disconnect();
        library.scheduler().runUntilIdle();
        device = other;

        assertThat(why(CHILD).devices().get(0).reason())
                .isEqualTo("no device that has it can be reached; Scripted was never online here");
    }

    @Test
    void aDeviceThatHasNotAskedYetGetsItByItsNextPull() {
        peer.answer(Message.RecordRequest.class, new Message.RecordResponse(present(CHILD, 1)));

        assertThat(answer(CHILD))
                .isEqualTo("not on this device yet: this device has not asked for it yet; its next pull brings it");
    }

    @Test
    void aQuestionThatCannotBeMeantIsRefusedAndHarmsNobody() {
        var refused = peer.request(new Message.RecordRequest(null, "tag:" + "x".repeat(5_000), null));
        var nothing = peer.request(new Message.RecordRequest(null, null, null));
        var unknown = peer.request(new Message.RecordRequest(null, "/nowhere", null));
        library.scheduler().runUntilIdle();

        assertThat(refused.join()).isEqualTo(new Message.Refusal("not_understood", "the question makes no sense here"));
        assertThat(nothing.join()).isEqualTo(new Message.RecordResponse(null));
        assertThat(unknown.join()).isEqualTo(new Message.RecordResponse(null));
        assertThat(device.snapshot().errors().getTotalErrors()).isZero();
    }

    private UUID addFile() {
        device.addLocation();
        return device.addFiles(0, 1).get(0);
    }

    private static Heads entriesOf(DeviceId owner, long rev) {
        return new Heads(Map.of(owner, Map.of("entry", new StateHead(rev, 1))), Map.of());
    }

    private String answer(UUID record) {
        return why(record).answer();
    }

    private String change(UUID record) {
        Why.OnDevice other = why(record).devices().get(1);
        return other.change() + ": " + other.reason();
    }

    private Why why(UUID record) {
        CompletableFuture<RecordWhereabouts> found = device.engine().whereabouts(record.toString());
        library.scheduler().runUntilIdle();
        if (!found.isDone()) {
            library.scheduler().advance(Duration.ofSeconds(5));
        }
        return Why.of(found.join(), null, ZoneOffset.UTC);
    }

    private RecordStanding present(UUID entry, long rev) {
        return new RecordStanding(
                entry,
                LibraryModels.ENTRY,
                "/files/file",
                Presence.PRESENT,
                new Version(peer.id(), rev, null, 1),
                List.of(),
                null,
                List.of());
    }

    private RecordStanding tagOf(long seq, Duration ahead) {
        Hlc stamp = stamp(seq, ahead);
        return new RecordStanding(
                TAG,
                LibraryModels.TAG,
                "red",
                Presence.PRESENT,
                new Version(peer.id(), seq, stamp, stamp.millis()),
                List.of(),
                null,
                List.of());
    }

    private void tellTag(long seq, Duration ahead) {
        RecordData data = RecordData.builder().put("name", "red").build();
        peer.tell(new Message.SharedChangeBatch(List.of(new SharedChange(
                peer.id(), seq, stamp(seq, ahead), null, LibraryModels.TAG, TAG, SharedChange.Op.CREATE, data))));
    }

    private Hlc stamp(long counter, Duration ahead) {
        return new Hlc(library.clock().millis() + ahead.toMillis(), counter, peer.id());
    }

    private void tellLocation() {
        RecordData volume = RecordData.builder()
                .put("name", "disk")
                .put("mount_point", "/")
                .put("fs_type", "test")
                .build();
        RecordData location = RecordData.builder()
                .put("name", "files")
                .put("path", "/files")
                .reference("volume", VOLUME)
                .build();
        tellState(LibraryModels.VOLUME, 0, new StateChange(VOLUME, 1, volume, 1));
        tellState(LibraryModels.LOCATION, 0, new StateChange(LOCATION, 2, location, 1));
    }

    private void tellEntry(long after, UUID uuid, long rev, @Nullable UUID parent) {
        RecordData data = RecordData.builder()
                .put("name", "file" + rev)
                .put("kind", "file")
                .reference("location", LOCATION)
                .reference("parent", parent)
                .build();
        tellState(LibraryModels.ENTRY, after, new StateChange(uuid, rev, data, 1));
    }

    private void tellState(ModelType model, long after, StateChange change) {
        peer.tell(new Message.StateBatch(model, peer.id(), after, change.rev(), List.of(change)));
    }
}
