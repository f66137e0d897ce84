package io.librarysync.history;

import io.librarysync.domain.LibraryId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps snapshots and epochs beyond a run. Losing it never harms sync. Instants are kept in whole milliseconds. Every
 * method is safe from any thread and may fail with {@link SnapshotStoreException}.
 */
public interface SnapshotStore extends AutoCloseable {

    /** A store that lives as long as the process and keeps the newest {@code capacity} snapshots. */
    static SnapshotStore inMemory(int capacity) {
        return new MemorySnapshotStore(capacity);
    }

    /** A store that is always empty and refuses to keep anything, for {@code reason}. */
    static SnapshotStore unavailable(String reason) {
        return new UnavailableSnapshotStore(reason);
    }

    /** Why nothing can be kept; null when all is well. */
    default @Nullable String problem() {
        return null;
    }

    /** Keeps one snapshot, durably, and returns its id. */
    long append(LibraryId library, Instant timestamp, String json);

    Optional<StoredSnapshot> find(long id);

    /** The one with the highest timestamp, of equal ones the last appended. */
    Optional<StoredSnapshot> latest(LibraryId library);

    /** When the latest was taken, without reading it. */
    Optional<Instant> lastTimestamp(LibraryId library);

    long count(LibraryId library);

    /** Keeps an epoch that begins; one whose id was kept before is refused. */
    void openEpoch(Epoch epoch);

    /** Keeps the end of an epoch; one that has ended before or was never opened is an {@link IllegalArgumentException}. */
    void closeEpoch(Epoch ended);

    /**
     * Passes from one epoch to the next in one step, all or nothing: keeps the closing snapshot at the end of {@code ended},
     * that end, and {@code next}.
     *
     * @return the id of the closing snapshot
     */
    long turnEpoch(Epoch ended, Epoch next, String json);

    /**
     * Ends the epochs of this library that a crash left open, each at its last stored snapshot or, without one, where it
     * began. For the start of a run, before its first epoch.
     *
     * @return how many there were
     */
    int closeCrashedEpochs(LibraryId library);

    /** All epochs of a library, oldest first. */
    List<Epoch> epochs(LibraryId library);

    @Override
    void close();
}
