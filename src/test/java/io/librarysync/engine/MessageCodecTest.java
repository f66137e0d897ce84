package io.librarysync.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.EventLogQuery;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.LibraryId;
import io.librarysync.domain.LoggedEvent;
import io.librarysync.domain.MessageType;
import io.librarysync.domain.RecordStanding;
import io.librarysync.domain.RejectReason;
import io.librarysync.domain.SyncState;
import io.librarysync.engine.SharedChange.Op;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessageCodecTest {

    private static final LibraryId LIBRARY = LibraryId.parse("00000000-0000-4000-8000-0000000000aa");
    private static final DeviceId DEVICE = DeviceId.parse("00000000-0000-4000-8000-000000000001");
    private static final UUID ID = UUID.fromString("10000000-0000-4000-8000-000000000000");
    private static final Hlc STAMP = new Hlc(1_000, 2, DEVICE);
    private static final RecordData TAG =
            RecordData.builder().put("name", "r\"e\nd \uD83D\uDE00").build();

    private final MessageCodec smile = new MessageCodec(WireFormat.SMILE, 1 << 20);
    private final MessageCodec json = new MessageCodec(WireFormat.JSON, 1 << 20);

    static List<Message> messages() {
        Heads heads = new Heads(
                Map.of(DEVICE, Map.of("entry", new Heads.StateHead(7, 1_000))),
                Map.of(DEVICE, new Heads.SharedHead(3, STAMP)));
        Message.Standing standing = new Message.Standing(
                heads,
                List.of(new Message.FloorAt(DEVICE, "entry", 4), new Message.FloorAt(DEVICE, null, 2)),
                SyncState.READY,
                1,
                List.of(new Message.Member(DEVICE, "A")));
        StateChange upsert =
                new StateChange(ID, 6, RecordData.builder().put("size", 5L).build(), 1_000);
        StateChange deletion = new StateChange(ID, 7, null, 1_001);
        SharedChange creation = new SharedChange(DEVICE, 1, STAMP, null, LibraryModels.TAG, ID, Op.CREATE, TAG);
        SharedChange removal = new SharedChange(DEVICE, 2, STAMP, STAMP, LibraryModels.TAG, ID, Op.DELETE, null);
        SnapshotRow row = new SnapshotRow(LibraryModels.TAG, ID, STAMP, null, false, TAG);
        RecordStanding.Version version = new RecordStanding.Version(DEVICE, 3, STAMP, 1_000);
        RecordStanding record = new RecordStanding(
                ID,
                LibraryModels.ENTRY_TAG,
                "red on /a",
                RecordStanding.Presence.GONE,
                version,
                List.of(new RecordStanding.Held("dependency", version, DEVICE, ID, "tag", 1_000)),
                new RecordStanding.Rejection(RejectReason.CLOCK_AHEAD, "too far", version, DEVICE, 1_001),
                List.of(new RecordStanding.Transit(DEVICE, RecordStanding.Stage.RETRY, 1, 2, "no answer", 8_000L)));
        return List.of(
                new Message.RecordRequest(ID, null, null),
                new Message.RecordRequest(null, "/a", DEVICE),
                new Message.RecordResponse(record),
                new Message.RecordResponse(RecordStanding.unknown(ID)),
                new Message.RecordResponse(null),
                new Message.EventLogRequest(new EventLogQuery(
                        1L,
                        2L,
                        List.of("sync_error"),
                        List.of("error"),
                        List.of("debug"),
                        "p",
                        "tag",
                        List.of("5b0e41c7"),
                        true,
                        7)),
                new Message.EventLogRequest(new EventLogQuery(
                        null, null, List.of(), List.of(), List.of(), null, null, List.of(), false, 0)),
                new Message.EventLogResponse(
                        List.of(
                                new LoggedEvent(
                                        "run",
                                        1,
                                        1_000,
                                        "sync_error",
                                        "p",
                                        "P\u202e",
                                        List.of("entry", "tag"),
                                        3L,
                                        4L,
                                        "s",
                                        "so"),
                                new LoggedEvent(
                                        "run", 2, 1_001, "x", null, null, List.of(), null, null, null, "\uD83D\uDE00")),
                        true,
                        1_002),
                new Message.StateBatch(LibraryModels.ENTRY, DEVICE, 5, 7, List.of(upsert, deletion)),
                new Message.SharedChangeBatch(List.of(creation, removal)),
                new Message.Receipt(ID, 2),
                new Message.StateRequest(ID, LibraryModels.ENTRY, DEVICE, 5, 100, false),
                new Message.StateResponse(
                        LibraryModels.ENTRY, DEVICE, List.of(upsert), 6, null, true, false, List.of(ID)),
                new Message.StateResponse(LibraryModels.ENTRY, DEVICE, List.of(), 6, 6L, false, true, List.of()),
                new Message.SharedChangeRequest(ID, Map.of(DEVICE, 3L), 100, "tag:" + ID),
                new Message.SharedChangeResponse(List.of(creation), List.of(), null, null, false),
                new Message.SharedChangeResponse(List.of(), List.of(row), "tag:" + ID, Map.of(DEVICE, 3L), true),
                new Message.AckSharedChanges(Map.of(DEVICE, 3L)),
                new Message.Heartbeat(heads, SyncState.CATCHING_UP, 2, 1_000),
                new Message.WatermarkExchangeRequest(standing),
                new Message.WatermarkExchangeResponse(standing),
                new Message.Refusal("paused", "sync is paused"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageSurvivesTheWireInBothFormats(Message message) throws MalformedException {
        Envelope envelope = new Envelope(LIBRARY, DEVICE, ID, 1, message);
        assertThat(smile.decode(json.encode(envelope))).isEqualTo(envelope);
        assertThat(json.decode(smile.encode(envelope))).isEqualTo(envelope);
        assertThat(smile.peek(smile.encode(envelope))).isEqualTo(message.type());
        assertThat(smile.peek(json.encode(envelope))).isEqualTo(message.type());
    }

    @Test
    void theTypeStandsFirstAndFieldsAreNamedAsTheProtocolNamesThem() {
        SharedChange change = new SharedChange(DEVICE, 1, STAMP, STAMP, LibraryModels.TAG, ID, Op.UPDATE, TAG);
        String text = new String(json.encode(envelope(new Message.SharedChangeBatch(List.of(change)))), UTF_8);

        assertThat(text).startsWith("{\"type\":\"SharedChangeBatch\",\"library_id\":\"" + LIBRARY);
        assertThat(text).contains("\"base_hlc\":\"" + STAMP, "\"record_uuid\":\"" + ID, "\"op\":\"update\"");
    }

    @Test
    void unknownFieldsAreIgnored() throws MalformedException {
        String text = new String(json.encode(envelope(new Message.Receipt(ID, 2))), UTF_8);
        byte[] newer =
                text.replace("\"taken\"", "\"colour\":{\"deep\":[1]},\"taken\"").getBytes(UTF_8);

        assertThat(smile.decode(newer).message()).isEqualTo(new Message.Receipt(ID, 2));
    }

    @Test
    void anUpsertWithoutDataIsNoDeletion() throws MalformedException {
        StateChange change = new StateChange(ID, 6, TAG, 1_000);
        byte[] payload =
                json.encode(envelope(new Message.StateBatch(LibraryModels.ENTRY, DEVICE, 5, 6, List.of(change))));
        String damaged = new String(payload, UTF_8).replaceAll("\"data\":\\{[^}]*}", "\"data\":null");

        Message.StateBatch batch =
                (Message.StateBatch) json.decode(damaged.getBytes(UTF_8)).message();
        assertThat(batch.records().get(0).isDeletion()).isFalse();
        assertThat(LibraryModels.of(LibraryModels.ENTRY).problemOf(RecordData.EMPTY))
                .contains("entry without name");
    }

    @Test
    void aPayloadThatIsTooLargeIsRefusedOnBothSides() {
        MessageCodec small = new MessageCodec(WireFormat.JSON, 100);
        Envelope envelope = envelope(new Message.Refusal("long", "x".repeat(200)));

        assertThatIllegalArgumentException().isThrownBy(() -> small.encode(envelope));
        assertThatThrownBy(() -> small.decode(json.encode(envelope))).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @EnumSource(WireFormat.class)
    void garbageIsToldAsSuchAndNothingElse(WireFormat format) {
        byte[] payload = (format == WireFormat.JSON ? json : smile)
                .encode(envelope(messages().get(0)));
        Random random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = payload.clone();
            for (int hits = 0; hits < 5; hits++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            assertThat(smile.peek(damaged)).isNotNull();
            refused += isRefused(damaged) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(1_000);
        assertThat(smile.peek(new byte[0])).isEqualTo(MessageType.UNREADABLE);
        assertThat(isRefused(new byte[0])).isTrue();
    }

    private boolean isRefused(byte[] payload) {
        try {
            smile.decode(payload);
            return false;
        } catch (MalformedException e) {
            return true;
        }
    }

    private static Envelope envelope(Message message) {
        return new Envelope(LIBRARY, DEVICE, ID, 0, message);
    }
}
