package io.librarysync.history;

import io.librarysync.domain.LibraryId;
import io.librarysync.metrics.EpochInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps the newest snapshots on the heap. */
final class MemorySnapshotStore implements SnapshotStore {
    private final int capacity;
    private final Deque<StoredSnapshot> snapshots = new ArrayDeque<>();
    private final Map<String, Epoch> epochs = new LinkedHashMap<>();
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
    public synchronized void closeEpoch(Epoch ended) {
        requireOpen(ended);
        epochs.put(ended.id(), inMillis(ended));
    }

    @Override
    public synchronized long turnEpoch(Epoch ended, Epoch next, String json) {
        requireOpen(ended);
        openEpoch(next);
        closeEpoch(ended);
        return append(ended.library(), endOf(ended), json);
    }

    @Override
    public synchronized int closeCrashedEpochs(LibraryId library) {
        List<Epoch> open = epochs(library).stream().filter(Epoch::isOpen).toList();
        open.forEach(epoch -> closeEpoch(epoch.ended(lastSeen(epoch), Epoch.Ending.CRASH)));
        return open.size();
    }

    @Override
    public synchronized List<Epoch> epochs(LibraryId library) {
        return epochs.values().stream()
                .filter(epoch -> epoch.library().equals(library))
                .sorted(Comparator.comparing(epoch -> epoch.info().startedAt()))
                .toList();
    }

    @Override
    public void close() {}

    private Stream<StoredSnapshot> of(LibraryId library) {
        return snapshots.stream().filter(snapshot -> snapshot.library().equals(library));
    }

    private void requireOpen(Epoch ended) {
        Epoch kept = epochs.get(ended.id());
        if (kept == null || !kept.isOpen()) {
            throw new IllegalArgumentException("epoch " + ended.id() + " is not open");
        }
    }

    private Instant lastSeen(Epoch epoch) {
        Instant started = epoch.info().startedAt();
        return lastTimestamp(epoch.library()).filter(started::isBefore).orElse(started);
    }

    private static Instant endOf(Epoch ended) {
        return Objects.requireNonNull(ended.endedAt(), "the epoch has no end");
    }

    private static Epoch inMillis(Epoch epoch) {
        EpochInfo info = epoch.info();
        EpochInfo started = new EpochInfo(info.id(), inMillis(info.startedAt()), info.openedBy());
        Epoch open = Epoch.open(started, epoch.library(), epoch.run(), epoch.device());
        return epoch.endedBy() == null ? open : open.ended(inMillis(endOf(epoch)), epoch.endedBy());
    }

    private static Instant inMillis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
