package io.librarysync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.Hlc;
import io.librarysync.domain.ModelType;
import io.librarysync.engine.Heads.StateHead;
import io.librarysync.metrics.OperationMetricsMXBean;
import io.librarysync.record.SyncLevels;
import io.librarysync.testing.Invariants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a device makes of messages in an order that two devices reach only by chance. */
class ScriptedPeerTest extends ScriptedPeerFixture {
    private static final UUID VOLUME = new UUID(1, 1);
    private static final UUID LOCATION = new UUID(1, 2);
    private static final UUID PARENT = new UUID(1, 3);
    private static final UUID CHILD = new UUID(1, 4);
    private static final UUID TAG = new UUID(1, 5);
    private static final UUID ENTRY_TAG = new UUID(1, 6);
    private static final int MANY_TASKS = 1_000;

    @Test
    void aWaiterIsSettledOnceHoweverManyVersionsItWaitedFor() {
        tellLocation();
        tellEntries(0, entry(CHILD, 1, PARENT), entry(CHILD, 2, PARENT));
        peer.tell(new Message.SharedChangeBatch(List.of(
                shared(1, LibraryModels.TAG, TAG, RecordData.builder().put("name", "red")),
                shared(
                        2,
                        LibraryModels.ENTRY_TAG,
                        ENTRY_TAG,
                        RecordData.builder().reference("entry", CHILD).reference("tag", TAG)))));
        assertThat(operations().getHeldWaiting()).isEqualTo(3);

        tellEntries(2, entry(PARENT, 3, null));

        OperationMetricsMXBean ops = operations();
        assertThat(List.of(ops.getChangesReceived(), ops.getChangesApplied(), ops.getChangesRejected()))
                .containsExactly(7L, 7L, 0L);
        assertThat(ops.getBufferQueueDepth()).isZero();
    }

    @Test
    void aChangeThatIsHeldAgainKeepsTheTimeItCame() {
        tellEntries(0, entry(CHILD, 1, PARENT));
        long received = library.clock().millis();
        library.scheduler().advance(Duration.ofSeconds(7));
        tellLocation();

        assertThat(operations().getHeldWaiting()).isEqualTo(1);
        assertThat(device.engine().levels().oldestHeldMillis()).isEqualTo(received);
    }

    @Test
    void aChangeThatDoesNotFollowIsAskedForAtOnce() {
        peer.claim(entriesUpTo(5));
        tellEntries(4, entry(CHILD, 5, null));

        assertThat(peer.asked()).hasAtLeastOneElementOfType(Message.StateRequest.class);
    }

    @Test
    void aGapThatThePeerDoesNotAdmitIsAskedForEverMoreRarely() {
        tellLocation();
        tellWithoutWaiting(4, entry(CHILD, 5, null));
        assertThat(failedSessions()).isEqualTo(1);
        library.scheduler().advance(Duration.ofMinutes(10));

        assertThat(failedSessions())
                .as("after 10, 20, 40, 80 and 160 seconds more")
                .isEqualTo(6);
        assertThat(operations().getSessionsFailed()).isEqualTo(operations().getSessionsStarted());
        assertThat(device.snapshot().state().getCurrentState()).isEqualTo("Ready");
        Invariants.checkRunning(library);
    }

    @Test
    void aSeqThatIsMissingAndNotAdmittedIsAskedForEverMoreRarely() {
        var unused = peer.request(new Message.SharedChangeBatch(
                List.of(shared(2, LibraryModels.TAG, TAG, RecordData.builder().put("name", "red")))));
        library.runSome(MANY_TASKS);

        assertThat(library.scheduler().runOne())
                .as("anything left to do at once")
                .isFalse();
        assertThat(failedSessions()).isEqualTo(1);
        Invariants.checkRunning(library);
    }

    @Test
    void aGapIsClosedByTheChangesThatWereMissing() {
        tellLocation();
        tellWithoutWaiting(4, entry(CHILD, 5, null));
        tellEntries(0, entry(PARENT, 4, null));
        assertThat(operations().getBufferQueueDepth()).isZero();
        library.scheduler().advance(Duration.ofMinutes(1));

        assertThat(operations().getChangesApplied()).isEqualTo(4);
        assertThat(device.snapshot().state().getLinksNeedingCatchUp()).isZero();
        assertThat(failedSessions()).isEqualTo(1);
        Invariants.checkRunning(library);
    }

    @Test
    void aBatchWithAHoleInItIsAnInvalidFrame() {
        Message batch = new Message.SharedChangeBatch(
                List.of(shared(1, LibraryModels.TAG, TAG, RecordData.builder().put("name", "red"))));
        var answer = peer.request(batch, text -> text.replace("\"author\":\"" + peer.id() + "\"", "\"author\":null"));
        library.scheduler().runUntilIdle();

        assertThat(answer.join()).isEqualTo(new Message.Refusal("malformed", "this cannot be read"));
        var errors = device.snapshot().errors();
        assertThat(List.of(errors.getValidationErrors(), errors.getTotalErrors()))
                .containsExactly(1L, 1L);
    }

    @Test
    void aPageAskedForBeforeThePeerWentDownDoesNotBringItBack() {
        var unused = peer.request(new Message.SharedChangeRequest(TAG, Map.of(), 10, null));
        peer.disconnect();
        library.scheduler().runUntilIdle();

        assertThat(device.snapshot().state().getPeersOnline()).isZero();
    }

    @Test
    void aPeerThatFellSilentIsBackWithItsNextFrame() {
        peer.fallSilent();
        library.scheduler().advance(Duration.ofMinutes(1));
        assertThat(device.snapshot().state().getPeersOnline()).isZero();

        peer.send(new Message.AckSharedChanges(Map.of()));

        assertThat(device.snapshot().state().getPeersOnline()).isEqualTo(1);
    }

    @Test
    void anAckThatComesInAPauseIsCounted() {
        device.pause();
        peer.send(new Message.AckSharedChanges(Map.of()));

        assertThat(operations().getAcksReceived()).isEqualTo(1);
    }

    @Test
    void aRefusedPageIsNoPageServed() {
        var unused =
                peer.request(new Message.StateRequest(TAG, ModelType.deviceOwned("planet"), device.id(), 0, 10, false));
        library.scheduler().runUntilIdle();

        assertThat(operations().getPagesServed()).isZero();
    }

    @Test
    void aRoundTripEndsWhenTheAnswerComesNotWhenThereIsTimeForIt() {
        long answered = heartbeatsAnswered();
        library.runUntil(() -> heartbeatsAnswered() > answered);
        library.clock().advance(Duration.ofSeconds(5));
        library.scheduler().runUntilIdle();

        assertThat(link().rttMillis()).isZero();
    }

    @Test
    void aDeviceThatHoldsNothingOfItsPeerIsBehindSinceItCameUp() {
        peer.claim(entriesUpTo(5));
        library.scheduler().advance(Duration.ofSeconds(30));

        assertThat(link().lagMillis()).isEqualTo(30_000);
    }

    @Test
    void workThatDoesNotMoveIsStalledHoweverAliveThePeerIs() {
        device.addTag("red");
        for (int seconds = 0; seconds < 28; seconds++) {
            peer.answerAfter(Duration.ofMillis(seconds));
            library.scheduler().advance(Duration.ofSeconds(1));
        }

        assertThat(device.snapshot().state().getStalledForMillis()).isEqualTo(28_000 - 50);
    }

    private long failedSessions() {
        return operations().getSessionsFailed().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Does not run for ever, as waiting would if the device never came to rest. */
    private void tellWithoutWaiting(long after, StateChange change) {
        var unused = peer.request(
                new Message.StateBatch(LibraryModels.ENTRY, peer.id(), after, change.rev(), List.of(change)));
        library.runSome(MANY_TASKS);
        assertThat(library.scheduler().runOne())
                .as("anything left to do at once")
                .isFalse();
    }

    private long heartbeatsAnswered() {
        return device.snapshot().dataVolume().getFramesReceived().getOrDefault("Heartbeat", 0L);
    }

    private SyncLevels.Link link() {
        return device.engine().levels().links().get(0);
    }

    private OperationMetricsMXBean operations() {
        return device.snapshot().operations();
    }

    private Heads entriesUpTo(long rev) {
        return new Heads(
                Map.of(
                        peer.id(),
                        Map.of("entry", new StateHead(rev, library.clock().millis()))),
                Map.of());
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

    private void tellEntries(long after, StateChange... entries) {
        tellState(LibraryModels.ENTRY, after, entries);
    }

    private void tellState(ModelType model, long after, StateChange... changes) {
        long to = changes[changes.length - 1].rev();
        peer.tell(new Message.StateBatch(model, peer.id(), after, to, List.of(changes)));
    }

    private static StateChange entry(UUID uuid, long rev, @Nullable UUID parent) {
        RecordData data = RecordData.builder()
                .put("name", "file" + rev)
                .put("kind", "file")
                .reference("location", LOCATION)
                .reference("parent", parent)
                .build();
        return new StateChange(uuid, rev, data, 1);
    }

    private SharedChange shared(long seq, ModelType model, UUID uuid, RecordData.Builder data) {
        Hlc stamp = new Hlc(library.clock().millis(), seq, peer.id());
        return new SharedChange(peer.id(), seq, stamp, null, model, uuid, SharedChange.Op.CREATE, data.build());
    }
}
