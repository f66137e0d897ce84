package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.EventLogQuery;
import io.librarysync.domain.LoggedEvent;
import io.librarysync.domain.MessageType;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RecordStanding;
import io.librarysync.domain.SyncState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What devices say to each other; the components are the fields on the wire, in snake_case. */
sealed interface Message {

    MessageType type();

    /** Device-owned changes of one model, in the order of their revs, without a gap after {@code afterRev}. */
    record StateBatch(ModelType model, DeviceId owner, long afterRev, long toRev, List<StateChange> records)
            implements Message {

        public StateBatch {
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(owner, "owner");
            records = List.copyOf(records);
        }

        @Override
        public MessageType type() {
            return MessageType.STATE_BATCH;
        }
    }

    record SharedChangeBatch(List<SharedChange> entries) implements Message {

        public SharedChangeBatch {
            entries = List.copyOf(entries);
        }

        @Override
        public MessageType type() {
            return MessageType.SHARED_CHANGE_BATCH;
        }
    }

    /** The changes of {@code receipt} are settled here; the sender may forget them. */
    record Receipt(UUID receipt, int taken) implements Message {

        public Receipt {
            Objects.requireNonNull(receipt, "receipt");
        }

        @Override
        public MessageType type() {
            return MessageType.RECEIPT;
        }
    }

    record StateRequest(UUID sessionId, ModelType model, DeviceId owner, long afterRev, int limit, boolean full)
            implements Message {

        public StateRequest {
            Objects.requireNonNull(sessionId, "sessionId");
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(owner, "owner");
        }

        @Override
        public MessageType type() {
            return MessageType.STATE_REQUEST;
        }
    }

    /**
     * One page of state.
     *
     * @param completeTo on the last page how far the server itself was when it read the page
     * @param fullRequired the server no longer has every deletion after the rev asked for; the page is empty
     * @param skipped records that the server could not read
     */
    record StateResponse(
            ModelType model,
            DeviceId owner,
            List<StateChange> records,
            long toRev,
            @Nullable Long completeTo,
            boolean hasMore,
            boolean fullRequired,
            List<UUID> skipped)
            implements Message {

        public StateResponse {
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(owner, "owner");
            records = List.copyOf(records);
            skipped = List.copyOf(skipped);
        }

        @Override
        public MessageType type() {
            return MessageType.STATE_RESPONSE;
        }
    }

    record SharedChangeRequest(UUID sessionId, Map<DeviceId, Long> have, int limit, @Nullable String snapshotCursor)
            implements Message {

        public SharedChangeRequest {
            Objects.requireNonNull(sessionId, "sessionId");
            have = Map.copyOf(have);
            requireCursor(snapshotCursor);
        }

        @Override
        public MessageType type() {
            return MessageType.SHARED_CHANGE_REQUEST;
        }
    }

    /**
     * One page of the shared log, or of the snapshot that precedes it.
     *
     * @param snapshotCursor where the snapshot goes on; null on its last page and on pages of the log
     * @param snapshotVector on the first page of a snapshot how far the server was, per author, before it read the page
     */
    record SharedChangeResponse(
            List<SharedChange> entries,
            List<SnapshotRow> snapshot,
            @Nullable String snapshotCursor,
            @Nullable Map<DeviceId, Long> snapshotVector,
            boolean hasMore)
            implements Message {

        public SharedChangeResponse {
            entries = List.copyOf(entries);
            snapshot = List.copyOf(snapshot);
            requireCursor(snapshotCursor);
            snapshotVector = snapshotVector == null ? null : Map.copyOf(snapshotVector);
        }

        @Override
        public MessageType type() {
            return MessageType.SHARED_CHANGE_RESPONSE;
        }
    }

    record AckSharedChanges(Map<DeviceId, Long> progress) implements Message {

        public AckSharedChanges {
            progress = Map.copyOf(progress);
        }

        @Override
        public MessageType type() {
            return MessageType.ACK_SHARED_CHANGES;
        }
    }

    record Heartbeat(Heads heads, SyncState state, int serving, long clock) implements Message {

        public Heartbeat {
            Objects.requireNonNull(heads, "heads");
            Objects.requireNonNull(state, "state");
        }

        @Override
        public MessageType type() {
            return MessageType.HEARTBEAT;
        }
    }

    record WatermarkExchangeRequest(Standing standing) implements Message {

        public WatermarkExchangeRequest {
            Objects.requireNonNull(standing, "standing");
        }

        @Override
        public MessageType type() {
            return MessageType.WATERMARK_EXCHANGE_REQUEST;
        }
    }

    record WatermarkExchangeResponse(Standing standing) implements Message {

        public WatermarkExchangeResponse {
            Objects.requireNonNull(standing, "standing");
        }

        @Override
        public MessageType type() {
            return MessageType.WATERMARK_EXCHANGE_RESPONSE;
        }
    }

    /**
     * Asks what the receiver knows of one record; it changes nothing there.
     *
     * @param of a path or {@code tag:NAME}, as long as the sender does not know which record it means
     * @param owner whose file a path means; null for anybody's
     */
    record RecordRequest(@Nullable UUID uuid, @Nullable String of, @Nullable DeviceId owner) implements Message {
        @Override
        public MessageType type() {
            return MessageType.RECORD_REQUEST;
        }
    }

    /** What the sender knows of the record; null if none is called so there. */
    record RecordResponse(@Nullable RecordStanding standing) implements Message {
        @Override
        public MessageType type() {
            return MessageType.RECORD_RESPONSE;
        }
    }

    /** Asks for events of the receiver's log; it changes nothing there. */
    record EventLogRequest(EventLogQuery query) implements Message {

        public EventLogRequest {
            Objects.requireNonNull(query, "query");
        }

        @Override
        public MessageType type() {
            return MessageType.EVENT_LOG_REQUEST;
        }
    }

    /**
     * Events of the sender's log, in the order that was asked for.
     *
     * @param hasMore there are more of those that were asked for
     * @param clock the sender's wall clock, by which the events are
     */
    record EventLogResponse(List<LoggedEvent> events, boolean hasMore, long clock) implements Message {

        public EventLogResponse {
            events = List.copyOf(events);
        }

        @Override
        public MessageType type() {
            return MessageType.EVENT_LOG_RESPONSE;
        }
    }

    /** The request was not done. */
    record Refusal(String reason, String message) implements Message {

        public Refusal {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(message, "message");
        }

        @Override
        public MessageType type() {
            return MessageType.ERROR;
        }
    }

    /** Everything about a device that a peer needs to decide what to pull from it. */
    record Standing(Heads heads, List<FloorAt> floors, SyncState state, int serving, List<Member> members) {

        public Standing {
            Objects.requireNonNull(heads, "heads");
            Objects.requireNonNull(state, "state");
            floors = List.copyOf(floors);
            members = List.copyOf(members);
        }
    }

    /** A floor of the sender; without a model that of an author's log. */
    record FloorAt(DeviceId origin, @Nullable String model, long value) {

        public FloorAt {
            Objects.requireNonNull(origin, "origin");
        }
    }

    record Member(DeviceId uuid, String name) {

        public Member {
            Objects.requireNonNull(uuid, "uuid");
            Objects.requireNonNull(name, "name");
        }
    }

    private static void requireCursor(@Nullable String cursor) {
        if (cursor != null) {
            SnapshotCursor.parse(cursor);
        }
    }
}
