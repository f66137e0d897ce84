package io.librarysync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.EventLogAnswer;
import io.librarysync.domain.EventLogQuery;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.LoggedEvent;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RecordStanding;
import io.librarysync.domain.SyncState;
import io.librarysync.events.EventExchange;
import io.librarysync.events.EventFilter;
import io.librarysync.events.EventQuery;
import io.librarysync.events.LibraryEvents;
import io.librarysync.export.EventFormat;
import io.librarysync.export.LibraryEventsJson;
import io.librarysync.export.ScreenStyle;
import io.librarysync.metrics.ErrorMetricsMXBean;
import io.librarysync.testing.Invariants;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A device that is told nonsense in every form and place goes on as if it had not been told. The seed is in the name of the
 * test; {@code -Dfuzz.seed=S} takes another.
 */
class FrameFuzzTest {
    private static final long USUAL_SEED = 2106;
    private static final int PEERS = 8;
    private static final int FRAMES_PER_PEER = 100;
    private static final int MANY_TASKS = 5_000;
    private static final UUID ID = new UUID(0x4000, 1L << 63);
    private static final EventQuery EVERYTHING = new EventQuery(EventFilter.ALL, false, 1_000, 0);

    private final List<CompletableFuture<List<EventLogAnswer>>> listed = new ArrayList<>();

    private TestLibrary library;
    private TestDevice device;

    @SuppressWarnings("NullAway.Init") // the first is met before the first frame
    private ScriptedPeer peer;

    @SuppressWarnings("NullAway.Init")
    private FrameMutations mutations;

    @SuppressWarnings("NullAway.Init")
    private SplittableRandom random;

    private DeviceId absent;
    private long number;

    @BeforeEach
    void start(@TempDir Path directory) {
        library = new TestLibrary(directory);
        device = library.start("A");
        device.addLocation();
        device.addFiles(0, 3);
        device.addTag("red");
        absent = new DeviceId(library.uuids().get());
    }

    @AfterEach
    void stop() {
        library.close();
    }

    static LongStream seed() {
        return LongStream.of(Long.getLong("fuzz.seed", USUAL_SEED));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seed")
    void noFrameHarmsADevice(long seed) {
        random = new SplittableRandom(seed);
        List<Stored.Row> own = ownRows();
        for (int i = 0; i < PEERS; i++) {
            meetAnother();
            for (int frame = 0; frame < FRAMES_PER_PEER; frame++) {
                String what = "frame " + frame + " of peer " + i + ", seed " + seed + ": ";
                tell(what);
                if (frame % 10 == 9) {
                    assertThat(answersAGoodMessage()).as(what + "answers").isTrue();
                    assertThat(unexpectedErrors()).as(what + "errors").isEmpty();
                }
            }
            assertThat(ownRows()).as("own rows after peer %d, seed %d", i, seed).isEqualTo(own);
            Invariants.checkRunning(library);
            peer.disconnect();
        }
        assertThat(device.tagNamed("red")).hasSize(1);
        listed.forEach(this::requireShown);
        assertThat(device.snapshot().errors().getValidationErrors()).isGreaterThan(PEERS * FRAMES_PER_PEER / 4L);
    }

    private void meetAnother() {
        peer = new ScriptedPeer(library, device);
        peer.takeChanges();
        peer.connect();
        mutations = new FrameMutations(
                random, List.of(peer.id(), absent), library.clock().millis());
    }

    private void tell(String what) {
        number++;
        List<Message> messages = random.nextInt(3) == 0 ? answers() : requests();
        Message message = messages.get(random.nextInt(messages.size()));
        byte[] payload = mutations.of(peer.encoded(message, WireFormat.JSON), peer.encoded(message, WireFormat.SMILE));
        Class<? extends Message> asked = asks(message);
        if (asked != null) {
            provoke(asked, payload);
        } else if (random.nextInt(4) == 0) {
            peer.sendRaw(payload);
        } else {
            peer.requestRaw(payload);
        }
        rest(what + message.type().label());
    }

    /** What a device asks for it to be told the answer {@code message}; null for one that is no answer. */
    private static @Nullable Class<? extends Message> asks(Message message) {
        return switch (message.type()) {
            case STATE_RESPONSE -> Message.StateRequest.class;
            case SHARED_CHANGE_RESPONSE -> Message.SharedChangeRequest.class;
            case WATERMARK_EXCHANGE_RESPONSE, ERROR -> Message.WatermarkExchangeRequest.class;
            case RECEIPT -> Message.SharedChangeBatch.class;
            case RECORD_RESPONSE -> Message.RecordRequest.class;
            case EVENT_LOG_RESPONSE -> Message.EventLogRequest.class;
            default -> null;
        };
    }

    private void provoke(Class<? extends Message> asked, byte[] answer) {
        peer.answerOnce(asked, answer);
        if (asked == Message.RecordRequest.class) {
            var unused = device.engine().whereabouts(ID.toString());
        } else if (asked == Message.EventLogRequest.class) {
            listed.add(device.engine().eventsOfPeers(EventExchange.asked(EVERYTHING)));
        } else if (asked == Message.SharedChangeBatch.class) {
            device.addTag("tag" + number);
            library.scheduler().advance(Duration.ofMillis(60));
        } else {
            peer.disconnect();
            rest("goes");
            peer.claim(heads());
            library.network().connect(peer.id(), device.id());
        }
    }

    /** Whatever a peer told as its events can be shown, or is said to be unreadable. */
    private void requireShown(CompletableFuture<List<EventLogAnswer>> told) {
        LibraryEvents all = device.book().find(EVERYTHING, told.join());
        for (EventFormat format : EventFormat.values()) {
            assertThat(format.render(all.events(), ScreenStyle.PLAIN)).isNotEmpty();
        }
        assertThat(LibraryEventsJson.read(LibraryEventsJson.tree(all)).devices())
                .isEqualTo(all.devices());
    }

    private void rest(String what) {
        library.runSome(MANY_TASKS);
        assertThat(library.scheduler().runOne())
                .as(what + " leaves something to do at once for ever")
                .isFalse();
    }

    private boolean answersAGoodMessage() {
        StateChange change = new StateChange(library.uuids().get(), 1, volume(), 1);
        CompletableFuture<Message> answer =
                peer.request(new Message.StateBatch(LibraryModels.VOLUME, peer.id(), 0, 1, List.of(change)));
        rest("a good message");
        return answer.join() instanceof Message.Receipt;
    }

    private List<String> unexpectedErrors() {
        ErrorMetricsMXBean errors = device.snapshot().errors();
        if (errors.getDatabaseErrors() + errors.getOtherErrors() == 0) {
            return List.of();
        }
        return errors.getRecentErrors().stream()
                .map(Object::toString)
                .filter(error -> error.contains("=database") || error.contains("=other"))
                .toList();
    }

    private List<Stored.Row> ownRows() {
        return rowsOf(device.id());
    }

    private List<Stored.Row> rowsOf(DeviceId owner) {
        return device.store().read(reader -> LibraryModels.types().stream()
                .filter(model -> !model.isShared())
                .flatMap(model -> reader.owned(model, owner).stream())
                .toList());
    }

    private List<Message> requests() {
        return List.of(
                stateBatch(LibraryModels.VOLUME, volume()),
                stateBatch(LibraryModels.LOCATION, location()),
                stateBatch(LibraryModels.ENTRY, entry()),
                new Message.SharedChangeBatch(List.of(tag(number), tag(number + 1))),
                new Message.StateRequest(ID, LibraryModels.ENTRY, device.id(), 0, 2, false),
                new Message.SharedChangeRequest(ID, Map.of(absent, 3L), 2, "tag:" + ID),
                new Message.AckSharedChanges(Map.of(absent, number)),
                new Message.Heartbeat(heads(), SyncState.READY, 0, 1),
                new Message.WatermarkExchangeRequest(standing()),
                new Message.RecordRequest(ID, "/a", absent),
                new Message.EventLogRequest(new EventLogQuery(
                        0L,
                        number,
                        List.of("peer_connected"),
                        List.of("network"),
                        List.of("info"),
                        peer.id().toString(),
                        "tag",
                        List.of(ID.toString()),
                        true,
                        3)));
    }

    private List<Message> answers() {
        return List.of(
                new Message.StateResponse(
                        LibraryModels.VOLUME,
                        peer.id(),
                        List.of(new StateChange(uuid(1), number + 1, volume(), 1)),
                        number + 1,
                        number + 1,
                        false,
                        false,
                        List.of(ID)),
                new Message.SharedChangeResponse(List.of(tag(number), tag(number + 1)), List.of(), null, null, false),
                new Message.SharedChangeResponse(
                        List.of(),
                        List.of(new SnapshotRow(
                                LibraryModels.TAG, uuid(8), stamp(), null, false, name("blue" + number))),
                        "tag:" + ID,
                        Map.of(absent, number),
                        true),
                new Message.WatermarkExchangeResponse(standing()),
                new Message.Receipt(ID, 1),
                new Message.RecordResponse(RecordStanding.unknown(ID)),
                new Message.EventLogResponse(
                        List.of(new LoggedEvent(
                                "run",
                                number,
                                1_000,
                                "batch_ingestion",
                                device.id().toString(),
                                "A",
                                List.of("tag"),
                                3L,
                                4L,
                                ID.toString(),
                                "3 tag records applied")),
                        true,
                        library.clock().millis()),
                new Message.Refusal("paused", "sync is paused"));
    }

    private Message stateBatch(ModelType model, RecordData data) {
        List<StateChange> changes = new ArrayList<>();
        changes.add(new StateChange(uuid(model.name().length()), 10 * number, data, 1));
        changes.add(new StateChange(uuid(9), 10 * number + 1, random.nextBoolean() ? data : null, 1));
        return new Message.StateBatch(model, peer.id(), 0, 10 * number + 1, changes);
    }

    private SharedChange tag(long seq) {
        return new SharedChange(
                peer.id(), seq, stamp(), null, LibraryModels.TAG, uuid(7), SharedChange.Op.CREATE, name("t" + seq));
    }

    private Hlc stamp() {
        return new Hlc(library.clock().millis(), number, peer.id());
    }

    private Heads heads() {
        return new Heads(
                Map.of(peer.id(), Map.of("volume", new Heads.StateHead(20 * number, 1))),
                Map.of(peer.id(), new Heads.SharedHead(20 * number, stamp())));
    }

    private Message.Standing standing() {
        return new Message.Standing(
                heads(),
                List.of(new Message.FloorAt(peer.id(), "entry", 1)),
                SyncState.READY,
                0,
                List.of(new Message.Member(peer.id(), "Scripted")));
    }

    private UUID uuid(long which) {
        return new UUID(peer.id().value().getMostSignificantBits(), (1L << 63) + which);
    }

    private static RecordData name(String name) {
        return RecordData.builder().put("name", name).build();
    }

    private static RecordData volume() {
        return RecordData.builder()
                .put("name", "disk")
                .put("mount_point", "/")
                .put("fs_type", "test")
                .build();
    }

    private RecordData location() {
        return RecordData.builder()
                .put("name", "files")
                .put("path", "/files")
                .reference("volume", uuid("volume".length()))
                .build();
    }

    private RecordData entry() {
        return RecordData.builder()
                .put("name", "file")
                .put("kind", "file")
                .put("size", 5L)
                .reference("location", uuid("location".length()))
                .reference("parent", random.nextBoolean() ? null : uuid("entry".length()))
                .build();
    }
}
