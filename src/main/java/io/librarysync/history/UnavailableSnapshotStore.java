package io.librarysync.history;

import io.librarysync.domain.LibraryId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Stands in for a store that could not be opened. */
final class UnavailableSnapshotStore implements SnapshotStore {
    private final String reason;

    UnavailableSnapshotStore(String reason) {
        this.reason = reason;
    }

    @Override
    public String problem() {
        return reason;
    }

    @Override
    public long append(LibraryId library, Instant timestamp, String json) {
        throw refusal();
    }

    @Override
    public Optional<StoredSnapshot> find(long id) {
        return Optional.empty();
    }

    @Override
    public Optional<StoredSnapshot> latest(LibraryId library) {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> lastTimestamp(LibraryId library) {
        return Optional.empty();
    }

    @Override
    public long count(LibraryId library) {
        return 0;
    }

    @Override
    public void openEpoch(Epoch epoch) {
        throw refusal();
    }

    @Override
    public void closeEpoch(Epoch ended) {
        throw refusal();
    }

    @Override
    public long turnEpoch(Epoch ended, Epoch next, String json) {
        throw refusal();
    }

    @Override
    public int closeCrashedEpochs(LibraryId library) {
        return 0;
    }

    @Override
    public List<Epoch> epochs(LibraryId library) {
        return List.of();
    }

    @Override
    public void close() {}

    private SnapshotStoreException refusal() {
        return new SnapshotStoreException("snapshots cannot be stored: " + reason, null);
    }
}
