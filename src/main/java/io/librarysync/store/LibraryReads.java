package io.librarysync.store;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.ModelType;
import io.librarysync.engine.LibraryModel.ForeignKey;
import io.librarysync.engine.LibraryReader;
import io.librarysync.engine.RecordData;
import io.librarysync.engine.Scope;
import io.librarysync.engine.SharedChange;
import io.librarysync.engine.SnapshotRow;
import io.librarysync.engine.Stored;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of a library through one connection, inside the transaction it has open. */
class LibraryReads implements LibraryReader {
    final Database database;

    LibraryReads(Database database) {
        this.database = database;
    }

    @Override
    public Map<UUID, Long> idsOf(ModelType model, Collection<UUID> uuids) {
        ModelSql sql = ModelSql.of(model);
        Map<UUID, Long> ids = new HashMap<>();
        if (uuids.size() == 1) {
            UUID uuid = uuids.iterator().next();
            database.each(sql.id, row -> ids.put(uuid, row.number(1)), uuid);
        } else if (!uuids.isEmpty()) {
            database.each(sql.ids, row -> ids.put(row.uuid(1), row.number(2)), JsonTexts.array(uuids));
        }
        return ids;
    }

    @Override
    public Optional<Stored.OwnedRow> ownedRow(ModelType model, UUID uuid) {
        return database.first(
                ModelSql.of(model).ownedRow,
                row -> new Stored.OwnedRow(row.number(1), row.device(2), row.number(3), row.number(4)),
                uuid);
    }

    @Override
    public Optional<RecordData> record(ModelType model, UUID uuid) {
        ModelSql sql = ModelSql.of(model);
        return database.first(sql.record, row -> RecordRows.read(sql.model, row, 2), uuid);
    }

    @Override
    public Optional<Stored.Tombstone> tombstone(ModelType model, UUID uuid) {
        return database.first(
                "SELECT owner, rev, deleted_at FROM tombstones WHERE model = ? AND uuid = ?",
                row -> new Stored.Tombstone(model, uuid, row.device(1), row.number(2), row.number(3)),
                model,
                uuid);
    }

    @Override
    public Optional<Stored.Version> version(ModelType model, UUID uuid) {
        return database.first(
                "SELECT hlc, base_hlc, deleted FROM record_versions WHERE model = ? AND uuid = ?",
                row -> new Stored.Version(model, uuid, row.stamp(1), row.stampOrNull(2), row.flag(3)),
                model,
                uuid);
    }

    @Override
    public List<Stored.Row> owned(ModelType model, DeviceId owner) {
        ModelSql sql = ModelSql.of(model);
        return database.list(sql.owned, row -> new Stored.Row(row.uuid(1), RecordRows.read(sql.model, row, 2)), owner);
    }

    @Override
    public List<UUID> withText(ModelType model, String column, String text) {
        return database.list(ModelSql.of(model).withText(column), row -> row.uuid(1), text);
    }

    @Override
    public List<UUID> referringTo(ModelType model, Map<String, UUID> references) {
        ModelSql sql = ModelSql.of(model);
        List<ForeignKey> keys = sql.model.foreignKeys().stream()
                .filter(key -> references.containsKey(key.name()))
                .toList();
        if (keys.isEmpty() || keys.size() < references.size()) {
            throw new IllegalArgumentException(model + " does not refer to other records by " + references.keySet());
        }
        Object[] uuids = keys.stream().map(key -> references.get(key.name())).toArray();
        return database.list(sql.referringTo(keys), row -> row.uuid(1), uuids);
    }

    @Override
    public List<UUID> ownedUpTo(ModelType model, DeviceId owner, long rev) {
        return database.list(ModelSql.of(model).ownedUpTo, row -> row.uuid(1), owner, rev);
    }

    @Override
    public Map<ModelType, String> contentDigests() {
        return ContentDigest.ofAllModels(database);
    }

    @Override
    public Stored.StateSlice stateAfter(ModelType model, DeviceId owner, long afterRev, int limit) {
        ModelSql sql = ModelSql.of(model);
        StatePage page = new StatePage(sql.model, afterRev, limit);
        database.each(sql.stateAfter, page::add, owner, model, afterRev, limit + 1L);
        return page.slice();
    }

    @Override
    public long lastRev(ModelType model, DeviceId owner) {
        return database.number(ModelSql.of(model).lastRev, owner, model);
    }

    @Override
    public List<SharedChange> logAfter(Map<DeviceId, Long> have, DeviceId except, int limit) {
        return database.list(LogSql.AFTER, LibraryReads::change, JsonTexts.object(have), except, limit);
    }

    private static SharedChange change(Row row) throws SQLException {
        String data = row.textOrNull(8);
        return new SharedChange(
                row.device(1),
                row.number(2),
                row.stamp(3),
                row.stampOrNull(4),
                row.model(5),
                row.uuid(6),
                Row.parsed(row.text(7), SharedChange.Op::valueOf),
                data == null ? null : Row.parsed(data, RecordData::fromJson));
    }

    @Override
    public OptionalLong loggedSeq(Hlc stamp) {
        return database.first("SELECT seq FROM shared_changes WHERE hlc = ?", row -> row.number(1), stamp).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    @Override
    public List<SnapshotRow> snapshotAfter(ModelType model, @Nullable UUID after, int limit) {
        ModelSql sql = ModelSql.of(model);
        String from = after == null ? "" : after.toString();
        return database.list(sql.snapshotAfter, row -> snapshotRow(sql, row), model, from, limit);
    }

    private static SnapshotRow snapshotRow(ModelSql sql, Row row) throws SQLException {
        boolean deleted = row.flag(4);
        RecordData data = deleted ? null : RecordRows.read(sql.model, row, 5);
        return new SnapshotRow(sql.model.type(), row.uuid(1), row.stamp(2), row.stampOrNull(3), deleted, data);
    }

    @Override
    public Stored.Clock clock() {
        return database.first(
                        "SELECT last_hlc, last_seq, last_rev FROM clock",
                        row -> new Stored.Clock(row.stampOrNull(1), row.number(2), row.number(3)))
                .orElseThrow();
    }

    @Override
    public List<Stored.Watermark> watermarks() {
        return database.list(
                "SELECT owner, model, rev, changed_at FROM state_watermarks",
                row -> new Stored.Watermark(row.device(1), row.model(2), row.number(3), row.number(4)));
    }

    @Override
    public List<Stored.Watermark> ownHeads(DeviceId self) {
        return database.list(
                OwnHeadsSql.TEXT, row -> new Stored.Watermark(self, row.model(1), row.number(2), row.number(3)), self);
    }

    @Override
    public List<Stored.AuthorProgress> authorProgress() {
        return database.list(
                "SELECT author, seq, max_hlc FROM author_progress",
                row -> new Stored.AuthorProgress(row.device(1), row.number(2), row.stamp(3)));
    }

    @Override
    public List<Stored.Floor> floors() {
        return database.list(
                "SELECT origin, model, value FROM floors", row -> new Stored.Floor(row.scope(1), row.number(3)));
    }

    @Override
    public List<Stored.PeerProgress> peerProgress() {
        return database.list(
                "SELECT peer, origin, model, value, at FROM peer_progress",
                row -> new Stored.PeerProgress(row.device(1), row.scope(2), row.number(4), row.number(5)));
    }

    @Override
    public List<Stored.Checkpoint> checkpoints() {
        return database.list(
                "SELECT scope, cursor, vector, full, records, started_at, updated_at FROM checkpoints",
                row -> new Stored.Checkpoint(
                        row.text(1),
                        row.textOrNull(2),
                        row.textOrNull(3),
                        row.flag(4),
                        row.number(5),
                        row.number(6),
                        row.number(7)));
    }

    @Override
    public List<Stored.Pending> pending() {
        return database.list(
                "SELECT id, origin, link_peer, model, record_uuid, why, missing_uuid, order_key, message, received_at"
                        + " FROM pending_changes ORDER BY id",
                row -> new Stored.Pending(
                        row.number(1),
                        row.device(2),
                        row.device(3),
                        row.model(4),
                        row.uuid(5),
                        row.text(6),
                        row.uuidOrNull(7),
                        row.number(8),
                        row.text(9),
                        row.number(10)));
    }

    @Override
    public List<Stored.Device> devices() {
        return database.list(
                "SELECT uuid, name, is_self, sync_enabled, first_seen_at, last_seen_at FROM devices ORDER BY uuid",
                row -> new Stored.Device(
                        row.device(1), row.text(2), row.flag(3), row.flag(4), row.number(5), row.number(6)));
    }

    @Override
    public Map<DeviceId, Long> loggedBefore(long createdBeforeMillis) {
        Map<DeviceId, Long> seqs = new HashMap<>();
        database.each(LogSql.BEFORE, row -> seqs.put(row.device(1), row.number(2)), createdBeforeMillis);
        return seqs;
    }

    @Override
    public Map<Scope, Long> tombstonesBefore(long deletedBeforeMillis) {
        Map<Scope, Long> revs = new HashMap<>();
        database.each(
                "SELECT owner, model, max(CASE WHEN deleted_at < ? THEN rev ELSE 0 END) FROM tombstones"
                        + " GROUP BY owner, model",
                row -> revs.put(row.scope(1), row.number(3)),
                deletedBeforeMillis);
        return revs;
    }

    @Override
    public List<Stored.KnownEntry> children(UUID location, @Nullable UUID parent) {
        return parent == null
                ? database.list(EntrySql.ROOTS, LibraryReads::knownEntry, location)
                : database.list(EntrySql.CHILDREN, LibraryReads::knownEntry, location, parent);
    }

    private static Stored.KnownEntry knownEntry(Row row) throws SQLException {
        return new Stored.KnownEntry(
                row.uuid(1),
                row.text(2),
                row.text(3),
                row.numberOrNull(4),
                row.numberOrNull(5),
                row.textOrNull(6),
                row.uuidOrNull(7));
    }

    @Override
    public List<UUID> movedBelow(UUID entry) {
        return database.list(EntrySql.MOVED_BELOW, row -> row.uuid(1), entry, entry);
    }

    @Override
    public List<Stored.Found> withFileKey(UUID location, String fileKey) {
        return database.list(
                EntrySql.WITH_FILE_KEY,
                row -> new Stored.Found(row.uuid(1), row.device(2), row.text(3)),
                location,
                fileKey);
    }

    @Override
    public Optional<Stored.Found> place(UUID entry) {
        return database.first(EntrySql.PLACE, row -> new Stored.Found(row.uuid(1), row.device(2), row.text(3)), entry);
    }

    @Override
    public List<Stored.Found> search(String text, int limit) {
        return database.list(
                EntrySql.SEARCH,
                row -> new Stored.Found(row.uuid(1), row.device(2), row.text(3)),
                FoldedContains.fold(text),
                limit);
    }
}
