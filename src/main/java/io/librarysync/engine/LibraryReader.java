package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.ModelType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of a library inside one transaction; all answers are of the same moment. A failure is a
 * {@link StoreException}.
 */
public interface LibraryReader {

    // Records

    /** The local ids of those of {@code uuids} that exist; one query, whatever their number. */
    Map<UUID, Long> idsOf(ModelType model, Collection<UUID> uuids);

    /** Owner, rev and time of a device-owned record. */
    Optional<Stored.OwnedRow> ownedRow(ModelType model, UUID uuid);

    /** The content of a record, foreign keys as uuids. */
    Optional<RecordData> record(ModelType model, UUID uuid);

    Optional<Stored.Tombstone> tombstone(ModelType model, UUID uuid);

    /** The version of a shared record, kept also when the record is deleted or its row went with another's. */
    Optional<Stored.Version> version(ModelType model, UUID uuid);

    /** All records of a device-owned model with this owner, in the order of their uuids as text. */
    List<Stored.Row> owned(ModelType model, DeviceId owner);

    /** The uuids of the records with exactly this text in this column. */
    List<UUID> withText(ModelType model, String column, String text);

    /** The uuids of the records that refer to all of {@code references}, given by foreign key name. */
    List<UUID> referringTo(ModelType model, Map<String, UUID> references);

    /** The uuids of the rows of this owner with a rev of at most {@code rev}. */
    List<UUID> ownedUpTo(ModelType model, DeviceId owner, long rev);

    /**
     * One digest per model over its records in the order of their uuids, foreign keys as uuids, replicated columns only:
     * equal on two devices if and only if they hold the same records. It reads every record.
     */
    Map<ModelType, String> contentDigests();

    // Pages

    /**
     * Rows and tombstones of one owner and model with a rev strictly above {@code afterRev}, at most {@code limit}, in one
     * order. Deleted roots come as changes without data. A row that can not be read is listed and passed over.
     */
    Stored.StateSlice stateAfter(ModelType model, DeviceId owner, long afterRev, int limit);

    /** The last rev of one owner and model among rows, tombstones and floor; 0 if there never was one. */
    long lastRev(ModelType model, DeviceId owner);

    /**
     * Log entries of every author but {@code except} with a seq above the one given for the author (0 for one not given),
     * at most {@code limit}, in the order of their stamps.
     */
    List<SharedChange> logAfter(Map<DeviceId, Long> have, DeviceId except, int limit);

    /** The seq of the log entry with this stamp, if the log still has it. */
    OptionalLong loggedSeq(Hlc stamp);

    /**
     * The records of one shared model after the uuid {@code after} (null for the first), at most {@code limit}, in the order
     * of their uuids as text: from {@code record_versions}, joined with the row unless deleted. A version that is not
     * deleted but whose row went with another's is left out.
     */
    List<SnapshotRow> snapshotAfter(ModelType model, @Nullable UUID after, int limit);

    // Progress

    Stored.Clock clock();

    /** All rows of {@code state_watermarks}. */
    List<Stored.Watermark> watermarks();

    /** The last rev and its time per device-owned model that {@code self} owns; models without any are left out. */
    List<Stored.Watermark> ownHeads(DeviceId self);

    /** All rows of {@code author_progress}; the engine keeps one for this device too. */
    List<Stored.AuthorProgress> authorProgress();

    List<Stored.Floor> floors();

    List<Stored.PeerProgress> peerProgress();

    List<Stored.Checkpoint> checkpoints();

    /** Held changes in the order of their ids. */
    List<Stored.Pending> pending();

    List<Stored.Device> devices();

    // Pruning

    /** The authors that have entries in the log, each with the highest seq of its entries logged before that wall time; 0 if none. */
    Map<DeviceId, Long> loggedBefore(long createdBeforeMillis);

    /** The scopes that have tombstones, each with the highest rev of those deleted before that wall time; 0 if none. */
    Map<Scope, Long> tombstonesBefore(long deletedBeforeMillis);

    // The file tree and search

    /** The entries of {@code location} whose parent is {@code parent}; with null the root entry of the location. */
    List<Stored.KnownEntry> children(UUID location, @Nullable UUID parent);

    /** The entries anywhere below this one that were noted as moved, in the order of their uuids. */
    List<UUID> movedBelow(UUID entry);

    /** Where an entry is; empty if there is none. */
    Optional<Stored.Found> place(UUID entry);

    /** The entries of {@code location} that carry this file key, with their paths. */
    List<Stored.Found> withFileKey(UUID location, String fileKey);

    /**
     * Entries of any owner whose name contains {@code text}, ignoring case in every script, sorted by path, at most
     * {@code limit}.
     */
    List<Stored.Found> search(String text, int limit);
}
