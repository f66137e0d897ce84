package io.librarysync.engine;

import io.librarysync.domain.ConflictOutcome;
import io.librarysync.domain.Fault;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RejectReason;
import io.librarysync.engine.ConflictResolver.Version;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Applies single changes inside one transaction: the checks of a change whose turn has come, and its statements. */
final class ChangeApplier {

    /** More than any device counts within a millisecond, and far from where a counter ends. */
    private static final long MAX_COUNTER = 1L << 48;

    private final LibraryTransaction library;
    private final KeyCache keys;
    private boolean sparesTrees;

    ChangeApplier(LibraryTransaction library) {
        this.library = library;
        this.keys = new KeyCache(library);
    }

    KeyCache keys() {
        return keys;
    }

    /** From now on the deletion of a device-owned record is noted, but what is there stays. */
    void spareTrees() {
        sparesTrees = true;
    }

    /** Settles a well-formed {@code change} as far as it can be now; a refusal by the database undoes only this change. */
    Outcome apply(Incoming change) {
        Outcome[] outcome = new Outcome[1];
        try {
            library.savepoint(() -> outcome[0] = settle(change));
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.DATABASE) {
                throw e;
            }
            keys.forget();
            return Outcome.rejected(RejectReason.APPLY_ERROR, e.fault());
        }
        return Objects.requireNonNull(outcome[0]);
    }

    private Outcome settle(Incoming change) {
        if (change instanceof Incoming.Owned owned) {
            return settleOwned(owned);
        }
        if (change instanceof Incoming.Shared shared) {
            SharedChange entry = shared.change();
            return settleShared(
                    entry.model(), entry.uuid(), versionOf(entry.model(), entry.hlc(), entry.base(), entry.data()));
        }
        SnapshotRow row = ((Incoming.Row) change).row();
        return settleShared(row.model(), row.uuid(), versionOf(row.model(), row.hlc(), row.base(), row.data()));
    }

    // Device-owned

    private Outcome settleOwned(Incoming.Owned incoming) {
        StateChange change = incoming.change();
        boolean deleted = library.tombstone(incoming.model(), change.uuid()).isPresent();
        if (deleted) {
            return Outcome.rejected(change.isDeletion() ? RejectReason.DUPLICATE : RejectReason.TOMBSTONED);
        }
        Optional<Stored.OwnedRow> row = library.ownedRow(incoming.model(), change.uuid());
        if (row.isPresent() && !row.get().owner().equals(incoming.owner())) {
            return Outcome.rejected(
                    RejectReason.NOT_OWNER,
                    new Fault("not_owner", incoming.model() + " " + change.uuid() + " belongs to another device"));
        }
        if (row.isPresent() && row.get().rev() >= change.rev()) {
            return Outcome.rejected(RejectReason.DUPLICATE);
        }
        RecordData data = change.data();
        return data == null ? deleteOwned(incoming) : putOwned(incoming, data);
    }

    private Outcome deleteOwned(Incoming.Owned incoming) {
        StateChange change = incoming.change();
        if (!sparesTrees) {
            delete(incoming.model(), change.uuid());
        }
        library.putTombstone(new Stored.Tombstone(
                incoming.model(), change.uuid(), incoming.owner(), change.rev(), change.changedAt()));
        return Outcome.applied();
    }

    private Outcome putOwned(Incoming.Owned incoming, RecordData data) {
        Map<String, Long> ids = new HashMap<>();
        Optional<Outcome> unresolved = resolve(incoming.model(), data, ids);
        if (unresolved.isPresent()) {
            return unresolved.get();
        }
        StateChange change = incoming.change();
        long id = library.putOwned(
                incoming.model(), change.uuid(), data, ids, incoming.owner(), change.rev(), change.changedAt());
        keys.stored(incoming.model(), change.uuid(), id);
        return Outcome.applied();
    }

    // Shared

    private Outcome settleShared(ModelType model, UUID uuid, Version incoming) {
        Optional<Stored.Version> stored = library.version(model, uuid);
        if (stored.isEmpty()) {
            return writeShared(model, uuid, incoming, null);
        }
        Version standing = standing(stored.get());
        if (stored.get().deleted()) {
            return againstDeletion(standing, incoming);
        }
        if (incoming.data() == null) {
            boolean conflict = ConflictResolver.concurrent(standing, incoming);
            return writeShared(model, uuid, incoming, conflict ? ConflictOutcome.DELETE_WON : null);
        }
        return switch (ConflictResolver.judge(standing, incoming)) {
            case SAME -> Outcome.rejected(RejectReason.DUPLICATE);
            case LATE_ANCESTOR -> new Outcome.Rejected(RejectReason.STALE, null, null, true);
            case CONFLICT_STORED_WINS ->
                new Outcome.Rejected(RejectReason.STALE, null, ConflictOutcome.KEPT_LOCAL, false);
            case FOLLOWS -> writeShared(model, uuid, incoming, null);
            case CONFLICT_INCOMING_WINS -> writeShared(model, uuid, incoming, ConflictOutcome.TOOK_REMOTE);
        };
    }

    private static Outcome againstDeletion(Version deletion, Version incoming) {
        if (incoming.data() == null) {
            return Outcome.rejected(RejectReason.DUPLICATE);
        }
        ConflictOutcome conflict = ConflictResolver.concurrent(deletion, incoming) ? ConflictOutcome.DELETE_WON : null;
        return new Outcome.Rejected(RejectReason.TOMBSTONED, null, conflict, false);
    }

    private Outcome writeShared(ModelType model, UUID uuid, Version incoming, @Nullable ConflictOutcome conflict) {
        RecordData data = incoming.data();
        if (data == null) {
            delete(model, uuid);
        } else {
            Map<String, Long> ids = new HashMap<>();
            Optional<Outcome> unresolved = resolve(model, data, ids);
            if (unresolved.isPresent()) {
                return unresolved.get();
            }
            keys.stored(model, uuid, library.putShared(model, uuid, data, ids));
        }
        library.putVersion(new Stored.Version(model, uuid, incoming.hlc(), incoming.base(), data == null));
        return new Outcome.Applied(conflict);
    }

    private Version standing(Stored.Version stored) {
        RecordData data = stored.deleted()
                ? null
                : library.record(stored.model(), stored.uuid()).orElse(RecordData.EMPTY);
        return new Version(stored.hlc(), stored.base(), data);
    }

    private static Version versionOf(ModelType model, Hlc hlc, @Nullable Hlc base, @Nullable RecordData data) {
        return new Version(hlc, base, data == null ? null : data.knownTo(LibraryModels.of(model)));
    }

    // Both

    /** Fills {@code ids}; an outcome if a record that is referred to is missing or deleted. */
    private Optional<Outcome> resolve(ModelType type, RecordData data, Map<String, Long> ids) {
        for (LibraryModel.ForeignKey key : LibraryModels.of(type).foreignKeys()) {
            Optional<UUID> reference = data.reference(key);
            if (reference.isPresent()) {
                Long id = keys.idOf(key.target(), reference.get());
                if (id == null) {
                    return Optional.of(absent(key.target(), reference.get()));
                }
                ids.put(key.name(), id);
            }
        }
        return Optional.empty();
    }

    private Outcome absent(ModelType model, UUID uuid) {
        boolean deleted = model.isShared()
                ? library.version(model, uuid).filter(Stored.Version::deleted).isPresent()
                : library.tombstone(model, uuid).isPresent();
        return deleted ? Outcome.rejected(RejectReason.TOMBSTONED) : new Outcome.Waits(uuid);
    }

    private void delete(ModelType model, UUID uuid) {
        library.delete(model, uuid);
        keys.forget();
    }

    /** What is wrong with a change whatever the library holds; empty if nothing is. */
    static Optional<Fault> problemOf(Incoming change) {
        return checked(change).map(problem -> new Fault("malformed", problem));
    }

    private static Optional<String> checked(Incoming change) {
        Optional<LibraryModel> model = LibraryModels.find(change.model().name());
        boolean owned = change instanceof Incoming.Owned;
        if (model.isEmpty()) {
            return Optional.of("no model is called " + change.model());
        }
        if (model.get().type().isShared() == owned) {
            return Optional.of(change.model() + " is " + (owned ? "shared" : "owned by its device"));
        }
        Hlc stamp = change.stamp();
        if (stamp != null && stamp.counter() > MAX_COUNTER) {
            return Optional.of("the counter of " + stamp + " cannot be counted on from");
        }
        RecordData data = change.data();
        if (data == null) {
            return isDeletion(change) ? Optional.empty() : Optional.of(change.model() + " without data");
        }
        return isDeletion(change)
                ? Optional.of(change.model() + " deleted, with data")
                : model.get().problemOf(data);
    }

    private static boolean isDeletion(Incoming change) {
        if (change instanceof Incoming.Shared shared) {
            return shared.change().isDeletion();
        }
        return change instanceof Incoming.Row row ? row.row().deleted() : change.data() == null;
    }
}
