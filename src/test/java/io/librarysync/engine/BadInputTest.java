package io.librarysync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.SyncState;
import io.librarysync.engine.Heads.SharedHead;
import io.librarysync.engine.Heads.StateHead;
import io.librarysync.metrics.ErrorEvent;
import io.librarysync.testing.Invariants;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a device makes of messages that can be read but should never have been written. */
class BadInputTest extends ScriptedPeerFixture {
    private static final UUID VOLUME = new UUID(1, 1);
    private static final UUID LOCATION = new UUID(1, 2);
    private static final UUID ONE = new UUID(1, 3);
    private static final UUID OTHER = new UUID(1, 4);
    private static final UUID TAG = new UUID(1, 5);
    private static final int MANY_TASKS = 2_000;
    private static final Duration PRUNED = Duration.ofHours(1);

    @Test
    void aPageThatPromisesMoreButDoesNotGoOnEndsThePull() {
        pull(asked -> page(asked, List.of(), 0, true, false));

        assertThat(failedSessions()).isEqualTo(1);
        assertOneInvalidFrame("a page that does not go on from 0");
    }

    @Test
    void aFullPullThatIsToBeFollowedByAnotherDeletesNothing() {
        tell(LibraryModels.VOLUME, 0, new StateChange(VOLUME, 1, volume(), 1));
        pull(asked -> page(asked, List.of(), 9, false, true));

        assertThat(device.all(LibraryModels.VOLUME)).containsExactly(VOLUME);
        assertOneInvalidFrame("a full pull is to be followed by another");
    }

    @Test
    void aRecordBeyondTheEndOfItsPageIsNotTaken() {
        pull(asked -> page(asked, List.of(new StateChange(VOLUME, 7, volume(), 1)), 6, false, false));

        assertThat(device.all(LibraryModels.VOLUME)).isEmpty();
        assertOneInvalidFrame("a page that does not go on from 0");
    }

    @Test
    void aSnapshotThatGoesRoundInCirclesEndsThePull() {
        pull(asked -> new Message.SharedChangeResponse(List.of(), List.of(), "tag:" + TAG, Map.of(), true));

        assertThat(failedSessions()).isEqualTo(1);
        assertOneInvalidFrame("a snapshot that does not go on from tag:" + TAG);
    }

    @Test
    void aSnapshotAfterTheSnapshotEndsThePull() {
        pull(asked -> new Message.SharedChangeResponse(List.of(), List.of(), null, Map.of(), true));

        assertThat(failedSessions()).isEqualTo(1);
    }

    @Test
    void aStampThatCannotBeCountedOnFromIsInvalidAndDoesNotStopTheClock() {
        Hlc last = new Hlc(library.clock().millis(), Long.MAX_VALUE, peer.id());
        peer.tell(new Message.SharedChangeBatch(List.of(tag(last, SharedChange.Op.CREATE))));
        device.addTag("own");

        assertThat(device.all(LibraryModels.TAG)).doesNotContain(TAG).hasSize(1);
        assertThat(rejected("validation")).isEqualTo(1);
        assertThat(device.snapshot().errors().getOtherErrors()).isZero();
    }

    @Test
    void aDeletionThatBringsDataIsInvalid() {
        Hlc stamp = new Hlc(library.clock().millis(), 0, peer.id());
        peer.tell(new Message.SharedChangeBatch(List.of(tag(stamp, SharedChange.Op.DELETE))));

        assertThat(device.all(LibraryModels.TAG)).isEmpty();
        assertThat(rejected("validation")).isEqualTo(1);
    }

    @Test
    void aModelThatNobodyKnowsHasNoWatermark() {
        tell(ModelType.deviceOwned("planet"), 0, new StateChange(ONE, 1, volume(), 1));

        assertThat(rejected("validation")).isEqualTo(1);
        assertThat(device.store().read(LibraryReader::watermarks)).isEmpty();
    }

    @Test
    void entriesThatAreEachOthersParentsCanBeSearchedAndDeleted() {
        tell(LibraryModels.VOLUME, 0, new StateChange(VOLUME, 1, volume(), 1));
        tell(LibraryModels.LOCATION, 0, new StateChange(LOCATION, 2, location(), 1));
        tell(LibraryModels.ENTRY, 0, entry(ONE, 3, null), entry(OTHER, 4, ONE), entry(ONE, 5, OTHER));
        assertThat(device.engine().search("directory", 10)).isEmpty();
        tell(LibraryModels.ENTRY, 5, new StateChange(ONE, 6, null, 1));

        assertThat(device.all(LibraryModels.ENTRY)).isEmpty();
    }

    @Test
    void aFaultQuotesOnlyAPartOfWhatItComplainsAbout() {
        Fault fault = new Fault("malformed", "no model is called " + "x".repeat(100_000));

        assertThat(fault.message()).hasSize(1_001).startsWith("no model is called xxx");
    }

    @Test
    void halfACharacterInANameIsNoReasonToFallSilent() {
        Message.Member named = new Message.Member(new DeviceId(ONE), "half");
        var answer = peer.request(
                new Message.WatermarkExchangeRequest(
                        new Message.Standing(Heads.NONE, List.of(), SyncState.READY, 0, List.of(named))),
                text -> text.replace("half", "\\ud800"));
        library.scheduler().runUntilIdle();

        assertThat(answer.join()).isInstanceOf(Message.WatermarkExchangeResponse.class);
        assertThat(device.snapshot().errors().getTotalErrors()).isZero();
    }

    @Test
    void aRequestThatCallsItselfTwoThingsIsNone() {
        var answer = peer.request(
                new Message.StateRequest(TAG, LibraryModels.ENTRY, device.id(), 0, 1, false),
                text -> text.replace(
                        "\"type\":\"StateRequest\"",
                        "\"type\":\"StateRequest\",\"type\":\"Receipt\",\"receipt\":\"" + TAG + "\",\"taken\":1"));
        library.scheduler().runUntilIdle();

        assertThat(answer.join()).isEqualTo(new Message.Refusal("unexpected", "Receipt is no request"));
        assertThat(device.snapshot().errors().getOtherErrors()).isZero();
    }

    @Test
    void anAckOfMoreThanWasWrittenIsRefused() {
        device.addTag("red");
        peer.send(new Message.AckSharedChanges(Map.of(device.id(), 2L)));
        library.scheduler().advance(PRUNED);

        assertThat(device.store().read(LibraryReader::peerProgress)).isEmpty();
        assertThat(device.snapshot().operations().getPeersRefused()).containsEntry("history_rewound", 1L);
        assertThat(lastError().deviceId()).isEqualTo(peer.id().toString());
    }

    @Test
    void whatAPeerSaysOfDevicesThatAreNoMembersIsNotKept() {
        Map<DeviceId, SharedHead> strangers = new HashMap<>();
        Map<DeviceId, Long> acked = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            strangers.put(new DeviceId(library.uuids().get()), new SharedHead(9, null));
            acked.put(new DeviceId(library.uuids().get()), 9L);
        }
        var unused = peer.request(new Message.Heartbeat(new Heads(Map.of(), strangers), SyncState.READY, 0, 1));
        peer.send(new Message.AckSharedChanges(acked));
        library.scheduler().advance(PRUNED);

        assertThat(device.store().read(LibraryReader::peerProgress)).isEmpty();
    }

    @Test
    void aPeerThatNamesMoreMembersThanALibraryHasIsNotBelieved() {
        List<Message.Member> many = Stream.generate(
                        () -> new Message.Member(new DeviceId(library.uuids().get()), "many"))
                .limit(1_023)
                .toList();
        var unused = peer.request(new Message.WatermarkExchangeRequest(
                new Message.Standing(Heads.NONE, List.of(), SyncState.READY, 0, many)));
        library.scheduler().runUntilIdle();

        assertThat(device.store().read(LibraryReader::devices)).hasSize(2);
        assertOneInvalidFrame("1023 more members; a library has at most 1024");
    }

    /** Makes the device pull volumes and tags, of which it is given {@code answer}, and sees that this ends. */
    private void pull(Function<Message, Message> answer) {
        peer.answerPages(asked -> {
            Message page = answer.apply(asked);
            boolean fits = page instanceof Message.StateResponse == asked instanceof Message.StateRequest;
            return fits ? page : new Message.Refusal("none", "not this");
        });
        boolean state = answer.apply(new Message.StateRequest(TAG, LibraryModels.VOLUME, peer.id(), 0, 1, false))
                instanceof Message.StateResponse;
        Heads heads = state
                ? new Heads(Map.of(peer.id(), Map.of("volume", new StateHead(9, 1))), Map.of())
                : new Heads(Map.of(), Map.of(peer.id(), new SharedHead(9, null)));
        peer.claim(heads);
        var unused = peer.request(new Message.Heartbeat(heads, SyncState.READY, 0, 1));
        library.runSome(MANY_TASKS);
        assertThat(library.scheduler().runOne())
                .as("anything left to do at once")
                .isFalse();
        Invariants.checkRunning(library);
    }

    private static Message page(Message asked, List<StateChange> records, long to, boolean more, boolean fullRequired) {
        Message.StateRequest request = (Message.StateRequest) asked;
        return new Message.StateResponse(
                request.model(), request.owner(), records, to, more ? null : to, more, fullRequired, List.of());
    }

    private void assertOneInvalidFrame(String problem) {
        assertThat(device.snapshot().errors().getValidationErrors()).isEqualTo(1);
        assertThat(lastError().message()).isEqualTo(problem);
        assertThat(lastError().deviceId()).isEqualTo(peer.id().toString());
    }

    private ErrorEvent lastError() {
        return device.snapshot().errors().getRecentErrors().get(0);
    }

    private long failedSessions() {
        return device.snapshot().operations().getSessionsFailed().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private long rejected(String reason) {
        return device.snapshot().operations().getRejectedByReason().getOrDefault(reason, 0L);
    }

    private void tell(ModelType model, long after, StateChange... changes) {
        long to = changes[changes.length - 1].rev();
        peer.tell(new Message.StateBatch(model, peer.id(), after, to, List.of(changes)));
    }

    private SharedChange tag(Hlc stamp, SharedChange.Op op) {
        RecordData data = RecordData.builder().put("name", "red").build();
        return new SharedChange(peer.id(), 1, stamp, null, LibraryModels.TAG, TAG, op, data);
    }

    private static StateChange entry(UUID uuid, long rev, @Nullable UUID parent) {
        RecordData data = RecordData.builder()
                .put("name", "directory" + rev)
                .put("kind", "directory")
                .reference("location", LOCATION)
                .reference("parent", parent)
                .build();
        return new StateChange(uuid, rev, data, 1);
    }

    private static RecordData volume() {
        return RecordData.builder()
                .put("name", "disk")
                .put("mount_point", "/")
                .put("fs_type", "test")
                .build();
    }

    private static RecordData location() {
        return RecordData.builder()
                .put("name", "files")
                .put("path", "/files")
                .reference("volume", VOLUME)
                .build();
    }
}
