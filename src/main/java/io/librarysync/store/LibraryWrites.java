package io.librarysync.store;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelType;
import io.librarysync.engine.LibraryModel;
import io.librarysync.engine.LibraryTransaction;
import io.librarysync.engine.RecordData;
import io.librarysync.engine.Scope;
import io.librarysync.engine.SharedChange;
import io.librarysync.engine.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be written to a library through the writing connection, inside the transaction it has open. */
final class LibraryWrites extends LibraryReads implements LibraryTransaction {

    LibraryWrites(Database database) {
        super(database);
    }

    @Override
    public void savepoint(Runnable change) {
        database.savepoint(change);
    }

    @Override
    public long putOwned(
            ModelType model,
            UUID uuid,
            RecordData data,
            Map<String, Long> keyIds,
            DeviceId owner,
            long rev,
            long changedAt) {
        ModelSql sql = ModelSql.of(model);
        List<@Nullable Object> values = values(sql.model, uuid, data, keyIds);
        values.add(owner);
        values.add(rev);
        values.add(changedAt);
        return database.number(sql.put, values.toArray());
    }

    @Override
    public long putShared(ModelType model, UUID uuid, RecordData data, Map<String, Long> keyIds) {
        ModelSql sql = ModelSql.of(model);
        return database.number(sql.put, values(sql.model, uuid, data, keyIds).toArray());
    }

    private static List<@Nullable Object> values(
            LibraryModel model, UUID uuid, RecordData data, Map<String, Long> keyIds) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(uuid);
        model.columns().forEach(column -> values.add(data.fields().get(column.name())));
        model.foreignKeys().forEach(key -> values.add(keyIds.get(key.name())));
        return values;
    }

    @Override
    public boolean delete(ModelType model, UUID uuid) {
        return database.update(ModelSql.of(model).delete, uuid) > 0;
    }

    @Override
    public void putFileKey(UUID entry, @Nullable String fileKey) {
        database.update("UPDATE entries SET file_key = ? WHERE uuid = ?", fileKey, entry);
    }

    @Override
    public void noteMoved(UUID entry) {
        database.update("INSERT OR IGNORE INTO moved_entries SELECT id FROM entries WHERE uuid = ?", entry);
    }

    @Override
    public void putTombstone(Stored.Tombstone tombstone) {
        database.update(
                "INSERT OR REPLACE INTO tombstones (model, uuid, owner, rev, deleted_at) VALUES (?, ?, ?, ?, ?)",
                tombstone.model(),
                tombstone.uuid(),
                tombstone.owner(),
                tombstone.rev(),
                tombstone.deletedAt());
    }

    @Override
    public void putVersion(Stored.Version version) {
        database.update(
                "INSERT OR REPLACE INTO record_versions (model, uuid, hlc, base_hlc, deleted) VALUES (?, ?, ?, ?, ?)",
                version.model(),
                version.uuid(),
                version.hlc(),
                version.base(),
                version.deleted());
    }

    @Override
    public boolean appendLog(SharedChange change, long createdAt) {
        RecordData data = change.data();
        return database.update(
                        "INSERT INTO shared_changes"
                                + " (author, seq, hlc, base_hlc, model, record_uuid, op, data, created_at)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (author, seq) DO NOTHING",
                        change.author(),
                        change.seq(),
                        change.hlc(),
                        change.base(),
                        change.model(),
                        change.uuid(),
                        change.op(),
                        data == null ? null : data.toJson(),
                        createdAt)
                > 0;
    }

    @Override
    public void putClock(Stored.Clock clock) {
        database.update(
                "UPDATE clock SET last_hlc = ?, last_seq = ?, last_rev = ?",
                clock.lastHlc(),
                clock.lastSeq(),
                clock.lastRev());
    }

    @Override
    public void raiseWatermark(Stored.Watermark watermark) {
        database.update(
                "INSERT INTO state_watermarks AS old (owner, model, rev, changed_at) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (owner, model) DO UPDATE SET rev = excluded.rev, changed_at = excluded.changed_at"
                        + " WHERE excluded.rev > old.rev",
                watermark.owner(),
                watermark.model(),
                watermark.rev(),
                watermark.changedAt());
    }

    @Override
    public void raiseAuthorProgress(Stored.AuthorProgress progress) {
        database.update(
                "INSERT INTO author_progress AS old (author, seq, max_hlc) VALUES (?, ?, ?) ON CONFLICT (author)"
                        + " DO UPDATE SET seq = max(old.seq, excluded.seq), max_hlc = max(old.max_hlc, excluded.max_hlc)",
                progress.author(),
                progress.seq(),
                progress.maxHlc());
    }

    @Override
    public void raiseFloor(Stored.Floor floor) {
        database.update(
                "INSERT INTO floors AS old (origin, model, value) VALUES (?, ?, ?)"
                        + " ON CONFLICT (origin, model) DO UPDATE SET value = max(old.value, excluded.value)",
                floor.scope().origin(),
                modelText(floor.scope()),
                floor.value());
    }

    @Override
    public void raisePeerProgress(Stored.PeerProgress progress) {
        database.update(
                "INSERT INTO peer_progress AS old (peer, origin, model, value, at) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (peer, origin, model) DO UPDATE SET value = excluded.value, at = excluded.at"
                        + " WHERE excluded.value > old.value",
                progress.peer(),
                progress.scope().origin(),
                modelText(progress.scope()),
                progress.value(),
                progress.at());
    }

    private static String modelText(Scope scope) {
        ModelType model = scope.model();
        return model == null ? "" : model.name();
    }

    @Override
    public void putCheckpoint(Stored.Checkpoint checkpoint) {
        database.update(
                "INSERT OR REPLACE INTO checkpoints (scope, cursor, vector, full, records, started_at, updated_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                checkpoint.scope(),
                checkpoint.cursor(),
                checkpoint.vector(),
                checkpoint.full(),
                checkpoint.records(),
                checkpoint.startedAt(),
                checkpoint.updatedAt());
    }

    @Override
    public void clearCheckpoints() {
        database.update("DELETE FROM checkpoints");
    }

    @Override
    public long addPending(Stored.Pending pending) {
        return database.number(
                "INSERT INTO pending_changes"
                        + " (origin, link_peer, model, record_uuid, why, missing_uuid, order_key, message, received_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
                pending.origin(),
                pending.link(),
                pending.model(),
                pending.uuid(),
                pending.why(),
                pending.missing(),
                pending.orderKey(),
                pending.message(),
                pending.receivedAt());
    }

    @Override
    public void removePending(long id) {
        database.update("DELETE FROM pending_changes WHERE id = ?", id);
    }

    @Override
    public void putDevice(Stored.Device device) {
        database.update(
                "INSERT OR REPLACE INTO devices (uuid, name, is_self, sync_enabled, first_seen_at, last_seen_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                device.id(),
                device.name(),
                device.self(),
                device.syncEnabled(),
                device.firstSeenAt(),
                device.lastSeenAt());
    }

    @Override
    public int pruneLog(DeviceId author, long seq) {
        return database.update("DELETE FROM shared_changes WHERE author = ? AND seq <= ?", author, seq);
    }

    @Override
    public int pruneTombstones(DeviceId owner, ModelType model, long rev) {
        return database.update("DELETE FROM tombstones WHERE owner = ? AND model = ? AND rev <= ?", owner, model, rev);
    }
}
