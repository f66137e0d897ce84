package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelType;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One writing transaction on a library. It is bound to {@link LibraryStore#inTransaction} and must not be kept. What it
 * reads includes what it wrote.
 */
public interface LibraryTransaction extends LibraryReader {

    /**
     * Runs {@code change} in a savepoint: if it throws, what it wrote is undone and the failure goes on to the caller, which
     * may go on with the transaction unless it is of {@link StoreException.Kind#DATABASE}. Savepoints do not nest.
     */
    void savepoint(Runnable change);

    // Records. keyIds has the local id for each foreign key of the data that is present, by the key's name.

    /** Inserts or updates a device-owned record by uuid; returns its local id. A {@code file_key} already there is kept. */
    long putOwned(
            ModelType model,
            UUID uuid,
            RecordData data,
            Map<String, Long> keyIds,
            DeviceId owner,
            long rev,
            long changedAt);

    /** Inserts or updates a shared record by uuid; returns its local id. */
    long putShared(ModelType model, UUID uuid, RecordData data, Map<String, Long> keyIds);

    /** Deletes a record and everything whose foreign keys cascade from it; returns whether there was one. */
    boolean delete(ModelType model, UUID uuid);

    /** Sets the local-only {@code file_key} of an entry. */
    void putFileKey(UUID entry, @Nullable String fileKey);

    /** Notes, on this device only, that an entry has another parent than it had. */
    void noteMoved(UUID entry);

    void putTombstone(Stored.Tombstone tombstone);

    void putVersion(Stored.Version version);

    /** Adds an entry to the log; returns false, and changes nothing, if (author, seq) is there already. */
    boolean appendLog(SharedChange change, long createdAt);

    // Progress; "raise" never lowers what is stored

    void putClock(Stored.Clock clock);

    void raiseWatermark(Stored.Watermark watermark);

    void raiseAuthorProgress(Stored.AuthorProgress progress);

    void raiseFloor(Stored.Floor floor);

    void raisePeerProgress(Stored.PeerProgress progress);

    /** Inserts or replaces by scope. */
    void putCheckpoint(Stored.Checkpoint checkpoint);

    void clearCheckpoints();

    /** Stores a held change and returns its new id, larger than all before. */
    long addPending(Stored.Pending pending);

    void removePending(long id);

    /** Inserts or replaces by id. */
    void putDevice(Stored.Device device);

    // Pruning

    /** Removes the author's log entries up to {@code seq}; returns how many. */
    int pruneLog(DeviceId author, long seq);

    /** Removes the owner's tombstones of one model up to {@code rev}; returns how many. */
    int pruneTombstones(DeviceId owner, ModelType model, long rev);
}
