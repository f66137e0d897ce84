package io.librarysync.history;

import io.librarysync.domain.LibraryId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Keeps the newest snapshots on the heap. */
final class MemorySnapshotStore implements SnapshotStore {
    private final int capacity;
    private final Deque<StoredSnapshot> snapshots = new ArrayDeque<>();
    private final Map<UUID, Epoch> epochs = new LinkedHashMap<>();
    private long lastId;

    MemorySnapshotStore(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, found " + capacity);
        }
        this.capacity = capacity;
    }

    @Override
    public synchronized long append(LibraryId library, Instant timestamp, String json) {
        if (snapshots.size() == capacity) {
            snapshots.removeFirst();
        }
        snapshots.addLast(new StoredSnapshot(++lastId, library, inMillis(timestamp), json));
        return lastId;
    }

    @Override
    public synchronized Optional<StoredSnapshot> find(long id) {
        return snapshots.stream().filter(snapshot -> snapshot.id() == id).findFirst();
    }

    @Override
    public synchronized Optional<StoredSnapshot> latest(LibraryId library) {
        return of(library).max(Comparator.comparing(StoredSnapshot::timestamp).thenComparing(StoredSnapshot::id));
    }

    @Override
    public Optional<Instant> lastTimestamp(LibraryId library) {
        return latest(library).map(StoredSnapshot::timestamp);
    }

    @Override
    public synchronized long count(LibraryId library) {
        return of(library).count();
    }

    @Override
    public synchronized void openEpoch(Epoch epoch) {
        if (epochs.putIfAbsent(epoch.id(), inMillis(epoch)) != null) {
            throw new SnapshotStoreException("epoch " + epoch.id() + " was opened before", null);
        }
    }

    @Override
    public synchronized void closeEpoch(UUID epoch, Instant endedAt, Epoch.Ending endedBy) {
        epochs.put(epoch, open(epoch).ended(inMillis(endedAt), endedBy));
    }

    @Override
    public synchronized long turnEpoch(UUID epoch, Epoch next, Instant timestamp, String json) {
        Epoch ended = open(epoch).ended(inMillis(timestamp), Epoch.Ending.RESET);
        openEpoch(next);
        epochs.put(epoch, ended);
        return append(next.library(), timestamp, json);
    }

    @Override
    public synchronized int closeCrashedEpochs(LibraryId library) {
        List<Epoch> open = new ArrayList<>();
        epochs(library).stream().filter(epoch -> epoch.endedAt() == null).forEach(open::add);
        open.forEach(epoch -> closeEpoch(epoch.id(), lastSeen(epoch), Epoch.Ending.CRASH));
        return open.size();
    }

    @Override
    public synchronized List<Epoch> epochs(LibraryId library) {
        return epochs.values().stream()
                .filter(epoch -> epoch.library().equals(library))
                .sorted(Comparator.comparing(Epoch::startedAt))
                .toList();
    }

    @Override
    public void close() {}

    private Stream<StoredSnapshot> of(LibraryId library) {
        return snapshots.stream().filter(snapshot -> snapshot.library().equals(library));
    }

    private Epoch open(UUID id) {
        Epoch epoch = epochs.get(id);
        if (epoch == null || epoch.endedAt() != null) {
            throw new IllegalArgumentException("epoch " + id + " is not open");
        }
        return epoch;
    }

    private Instant lastSeen(Epoch epoch) {
        Instant started = epoch.startedAt();
        return lastTimestamp(epoch.library()).filter(started::isBefore).orElse(started);
    }

    private static Epoch inMillis(Epoch epoch) {
        return new Epoch(
                epoch.id(),
                epoch.library(),
                epoch.run(),
                epoch.device(),
                inMillis(epoch.startedAt()),
                epoch.openedBy(),
                epoch.endedAt() == null ? null : inMillis(epoch.endedAt()),
                epoch.endedBy());
    }

    private static Instant inMillis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
