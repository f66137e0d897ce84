package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.ModelType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The values that pass through {@link LibraryStore}, one per table of {@code library.db} or query on it. */
public final class Stored {

    private Stored() {}

    /** A row of {@code devices}; times in wall milliseconds, {@code lastSeenAt} 0 if never. */
    public record Device(
            DeviceId id, String name, boolean self, boolean syncEnabled, long firstSeenAt, long lastSeenAt) {}

    /** The one row of {@code clock}: what this device handed out last. */
    public record Clock(@Nullable Hlc lastHlc, long lastSeq, long lastRev) {}

    /** What identifies a device-owned row: its local id, its owner, and the rev it stands at since {@code changedAt}. */
    public record OwnedRow(long id, DeviceId owner, long rev, long changedAt) {}

    /** A record with its content, as {@link RecordData} of its model. */
    public record Row(UUID uuid, RecordData data) {}

    /** A row of {@code tombstones}. */
    public record Tombstone(ModelType model, UUID uuid, DeviceId owner, long rev, long deletedAt) {}

    /** A row of {@code record_versions}: the version a shared record stands at. */
    public record Version(ModelType model, UUID uuid, Hlc hlc, @Nullable Hlc base, boolean deleted) {}

    /** A row of {@code state_watermarks}, or what an owner stands at itself. */
    public record Watermark(DeviceId owner, ModelType model, long rev, long changedAt) {}

    /** A row of {@code author_progress}. */
    public record AuthorProgress(DeviceId author, long seq, Hlc maxHlc) {}

    /** A row of {@code floors}: the highest seq or tombstone rev that was pruned. */
    public record Floor(Scope scope, long value) {}

    /** A row of {@code peer_progress}: what {@code peer} holds of a scope. */
    public record PeerProgress(DeviceId peer, Scope scope, long value, long at) {}

    /**
     * A row of {@code pending_changes}: a change that was received and can not be settled yet.
     *
     * @param id assigned by {@link LibraryTransaction#addPending}; 0 before
     * @param why buffer, gap or dependency
     * @param missing the uuid it waits for; null unless why is dependency
     * @param orderKey its rev or seq
     * @param message the change as the engine encoded it, JSON text; opaque to the store
     */
    public record Pending(
            long id,
            DeviceId origin,
            DeviceId link,
            ModelType model,
            UUID uuid,
            String why,
            @Nullable UUID missing,
            long orderKey,
            String message,
            long receivedAt) {}

    /** A row of {@code checkpoints}: how far an unfinished backfill came. Scope, cursor and vector are the engine's text. */
    public record Checkpoint(
            String scope,
            @Nullable String cursor,
            @Nullable String vector,
            boolean full,
            long records,
            long startedAt,
            long updatedAt) {}

    /**
     * Rows and tombstones of one owner and model, in the order of their revs.
     *
     * @param unreadable rows that are there but can not be read as a record
     * @param hasMore whether there are more after {@code toRev}
     * @param toRev the highest rev looked at; the given {@code afterRev} if there was none
     */
    public record StateSlice(List<StateChange> changes, List<Unreadable> unreadable, boolean hasMore, long toRev) {
        public StateSlice {
            changes = List.copyOf(changes);
            unreadable = List.copyOf(unreadable);
        }
    }

    /** A row that can not be read as a record, and why. */
    public record Unreadable(UUID uuid, long rev, String problem) {}

    /** What an index keeps of one entry, {@code fileKey} included, which is local to this device. */
    public record KnownEntry(
            UUID uuid,
            String name,
            String kind,
            @Nullable Long size,
            @Nullable Long modifiedAt,
            @Nullable String fileKey,
            @Nullable UUID contentIdentity) {}

    /** An entry that a search found, with the path of its location and the names of its parents joined by {@code /}. */
    public record Found(UUID entry, DeviceId owner, String path) {}
}
