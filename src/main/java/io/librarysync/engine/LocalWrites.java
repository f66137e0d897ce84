package io.librarysync.engine;

import io.librarysync.domain.Hlc;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.engine.SharedChange.Op;
import io.librarysync.record.SyncRecorder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Commits own changes: row, stamp, log and clock in one transaction, then the outbox. */
final class LocalWrites implements LocalWriter {

    private final Device device;
    private final Broadcaster broadcaster;
    private final Map<ModelType, Long> lastRevs = new HashMap<>();

    LocalWrites(Device device, Broadcaster broadcaster) {
        this.device = device;
        this.broadcaster = broadcaster;
        LibraryModels.types()
                .forEach(model -> lastRevs.put(model, device.progress().value(Scope.state(device.self(), model))));
    }

    @Override
    public CompletableFuture<Void> commit(List<LocalChange> changes) {
        List<LocalChange> batch = List.copyOf(changes);
        return device.loop().call(() -> commitOnLoop(batch));
    }

    private CompletableFuture<Void> commitOnLoop(List<LocalChange> changes) {
        SyncRecorder recorder = device.recorder();
        committed(written(changes, recorder), recorder);
        CompletableFuture<Void> done = new CompletableFuture<>();
        broadcaster.whenThereIsRoom(() -> done.complete(null));
        return done;
    }

    /** The changes, committed; if they cannot be, what the clock gave them is taken back. */
    private Writing written(List<LocalChange> changes, SyncRecorder recorder) {
        Stored.Clock before = device.clock().stored();
        try {
            return device.store().inTransaction(library -> write(library, changes, recorder));
        } catch (RuntimeException e) {
            device.clock().rewind(before);
            throw e;
        }
    }

    private Writing write(LibraryTransaction library, List<LocalChange> changes, SyncRecorder recorder) {
        Writing writing = new Writing(library, recorder);
        changes.forEach(writing::write);
        writing.finish();
        return writing;
    }

    private void committed(Writing writing, SyncRecorder recorder) {
        List<OwnChange> own = writing.own;
        lastRevs.putAll(writing.revs);
        if (!own.isEmpty()) {
            recorder.changesCommitted(ModelTally.count(own, OwnChange::model), writing.newest);
            long logged =
                    own.stream().filter(OwnChange.Shared.class::isInstance).count();
            if (logged > 0) {
                recorder.logAppended(Math.toIntExact(logged));
            }
        }
        writing.received.committed();
        broadcaster.offer(own);
    }

    private static Optional<UUID> parentOf(RecordData entry) {
        return LibraryModels.of(LibraryModels.ENTRY).foreignKeys().stream()
                .filter(key -> key.target().equals(LibraryModels.ENTRY))
                .findFirst()
                .flatMap(entry::reference);
    }

    /** One transaction of own changes. */
    private final class Writing {
        private final LibraryTransaction library;
        private final SyncRecorder recorder;
        private final ApplyRun received;
        private final List<OwnChange> own = new ArrayList<>();
        private final Map<ModelType, Long> revs = new HashMap<>();
        private @Nullable Hlc newest;

        Writing(LibraryTransaction library, SyncRecorder recorder) {
            this.library = library;
            this.recorder = recorder;
            this.received = new ApplyRun(device, library, recorder);
        }

        void write(LocalChange change) {
            if (change instanceof LocalChange.Put put) {
                put(put);
            } else if (change instanceof LocalChange.Rekey rekey) {
                library.putFileKey(rekey.uuid(), rekey.fileKey());
            } else {
                remove((LocalChange.Remove) change);
            }
        }

        void finish() {
            received.finish();
            if (!own.isEmpty()) {
                library.putClock(device.clock().stored());
            }
            Hlc stamp = newest;
            if (stamp != null) {
                library.raiseAuthorProgress(
                        new Stored.AuthorProgress(device.self(), device.clock().lastSeq(), stamp));
            }
        }

        private void put(LocalChange.Put put) {
            LibraryModel model = LibraryModels.of(put.model());
            model.problemOf(put.data()).ifPresent(problem -> {
                throw new IllegalArgumentException(problem);
            });
            if (model.type().isShared()) {
                putShared(put);
            } else {
                putOwned(put);
            }
        }

        private void putOwned(LocalChange.Put put) {
            Optional<Stored.OwnedRow> stored = library.ownedRow(put.model(), put.uuid());
            stored.ifPresent(row -> requireOwn(put, row));
            if (stored.isEmpty() && library.tombstone(put.model(), put.uuid()).isPresent()) {
                return;
            }
            boolean moves = stored.isPresent() && moves(put);
            long now = device.nowMillis();
            long rev = device.clock().nextRev();
            long id = library.putOwned(put.model(), put.uuid(), put.data(), ids(put), device.self(), rev, now);
            stored(put, id);
            if (put.fileKey() != null) {
                library.putFileKey(put.uuid(), put.fileKey());
            }
            if (moves) {
                library.noteMoved(put.uuid());
            }
            sendOwned(put, new StateChange(put.uuid(), rev, put.data(), now));
        }

        private boolean moves(LocalChange.Put put) {
            return put.model().equals(LibraryModels.ENTRY)
                    && library.record(put.model(), put.uuid())
                            .filter(before -> !parentOf(before).equals(parentOf(put.data())))
                            .isPresent();
        }

        private void putShared(LocalChange.Put put) {
            Optional<Stored.Version> version = library.version(put.model(), put.uuid());
            boolean deleted = version.filter(Stored.Version::deleted).isPresent();
            if (deleted
                    || library.record(put.model(), put.uuid())
                            .filter(put.data()::equals)
                            .isPresent()) {
                return;
            }
            stored(put, library.putShared(put.model(), put.uuid(), put.data(), ids(put)));
            sendShared(put, version, version.isEmpty() ? Op.CREATE : Op.UPDATE, put.data());
        }

        private void remove(LocalChange.Remove remove) {
            if (remove.model().isShared()) {
                Optional<Stored.Version> version = library.version(remove.model(), remove.uuid());
                if (version.isPresent() && !version.get().deleted()) {
                    delete(remove);
                    sendShared(remove, version, Op.DELETE, null);
                }
                return;
            }
            library.ownedRow(remove.model(), remove.uuid()).ifPresent(row -> {
                requireOwn(remove, row);
                hangingOn(remove).forEach(this::remove);
                removeMoved(remove);
                removeOwned(remove);
            });
        }

        /**
         * What goes with the record, though of another model, is deleted by itself: its tombstone keeps the last rev of that
         * model, which would fall with the rows.
         */
        private List<LocalChange.Remove> hangingOn(LocalChange.Remove remove) {
            if (remove.model().equals(LibraryModels.VOLUME)) {
                return library.referringTo(LibraryModels.LOCATION, Map.of("volume", remove.uuid())).stream()
                        .map(location -> new LocalChange.Remove(LibraryModels.LOCATION, location))
                        .toList();
            }
            if (remove.model().equals(LibraryModels.LOCATION)) {
                return library.children(remove.uuid(), null).stream()
                        .map(root -> new LocalChange.Remove(LibraryModels.ENTRY, root.uuid()))
                        .toList();
            }
            return List.of();
        }

        /** A peer that did not see a move into the tree has the entry elsewhere, where the deletion of the tree does not reach. */
        private void removeMoved(LocalChange.Remove remove) {
            if (remove.model().equals(LibraryModels.ENTRY)) {
                library.movedBelow(remove.uuid())
                        .forEach(moved -> removeOwned(new LocalChange.Remove(remove.model(), moved)));
            }
        }

        private void removeOwned(LocalChange.Remove remove) {
            delete(remove);
            long now = device.nowMillis();
            long rev = device.clock().nextRev();
            library.putTombstone(new Stored.Tombstone(remove.model(), remove.uuid(), device.self(), rev, now));
            sendOwned(remove, new StateChange(remove.uuid(), rev, null, now));
        }

        private void delete(LocalChange.Remove remove) {
            library.delete(remove.model(), remove.uuid());
            received.keys().forget();
            received.wake(remove.uuid());
        }

        private void stored(LocalChange.Put put, long id) {
            received.keys().stored(put.model(), put.uuid(), id);
            received.wake(put.uuid());
        }

        private void sendOwned(LocalChange change, StateChange state) {
            long previous = revs.getOrDefault(change.model(), lastRevs.getOrDefault(change.model(), 0L));
            revs.put(change.model(), state.rev());
            own.add(new OwnChange.Owned(device.self(), change.model(), previous, state));
        }

        private void sendShared(
                LocalChange change, Optional<Stored.Version> overwritten, Op op, @Nullable RecordData data) {
            Hlc stamp = device.clock().hlc().tick(device.nowMillis());
            Hlc base = overwritten.map(Stored.Version::hlc).orElse(null);
            SharedChange entry = new SharedChange(
                    device.self(), device.clock().nextSeq(), stamp, base, change.model(), change.uuid(), op, data);
            library.putVersion(new Stored.Version(change.model(), change.uuid(), stamp, base, op == Op.DELETE));
            library.appendLog(entry, device.nowMillis());
            recorder.clockTicked(stamp.counter());
            newest = stamp;
            own.add(new OwnChange.Shared(entry));
        }

        private Map<String, Long> ids(LocalChange.Put put) {
            Map<String, Long> ids = new HashMap<>();
            for (LibraryModel.ForeignKey key : LibraryModels.of(put.model()).foreignKeys()) {
                put.data().reference(key).ifPresent(uuid -> ids.put(key.name(), idOf(key, uuid)));
            }
            return ids;
        }

        private long idOf(LibraryModel.ForeignKey key, UUID uuid) {
            Long id = received.keys().idOf(key.target(), uuid);
            if (id == null) {
                throw new IllegalArgumentException("no " + key.target() + " " + uuid + " to refer to");
            }
            return id;
        }

        private void requireOwn(LocalChange change, Stored.OwnedRow row) {
            if (!row.owner().equals(device.self())) {
                throw new IllegalArgumentException(change.model() + " " + change.uuid() + " belongs to another device");
            }
        }
    }
}
