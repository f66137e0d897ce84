package io.librarysync.store;

import static io.librarysync.engine.LibraryModels.ENTRY;
import static io.librarysync.engine.LibraryModels.TAG;
import static io.librarysync.store.LibraryFixture.OTHER;
import static io.librarysync.store.LibraryFixture.OWNER;
import static io.librarysync.store.LibraryFixture.stamp;
import static io.librarysync.store.LibraryFixture.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.engine.Scope;
import io.librarysync.engine.Stored;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryProgressTest {
    private final SqliteLibraryStore store;
    private final LibraryFixture library;

    LibraryProgressTest(@TempDir Path directory) {
        this.store = SqliteLibraryStore.open(directory.resolve("library.db"), Untimed.INSTANCE);
        this.library = new LibraryFixture(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aNewLibraryHasNoProgress() {
        assertThat(library.reader().clock()).isEqualTo(new Stored.Clock(null, 0, 0));
        assertThat(library.reader().watermarks()).isEmpty();
        assertThat(library.reader().authorProgress()).isEmpty();
        assertThat(library.reader().floors()).isEmpty();
        assertThat(library.reader().peerProgress()).isEmpty();
        assertThat(library.reader().checkpoints()).isEmpty();
        assertThat(library.reader().pending()).isEmpty();
        assertThat(library.reader().devices()).isEmpty();
    }

    @Test
    void theClockIsTheOneWrittenLast() {
        Stored.Clock clock = new Stored.Clock(stamp(5, OWNER), 3, 9);
        library.write(transaction -> transaction.putClock(clock));

        assertThat(library.reader().clock()).isEqualTo(clock);
    }

    @Test
    void aWatermarkOnlyMovesForward() {
        Stored.Watermark high = new Stored.Watermark(OTHER, ENTRY, 9, 900);
        library.write(transaction -> {
            transaction.raiseWatermark(new Stored.Watermark(OTHER, ENTRY, 5, 500));
            transaction.raiseWatermark(high);
            transaction.raiseWatermark(new Stored.Watermark(OTHER, ENTRY, 8, 9_999));
        });

        assertThat(library.reader().watermarks()).containsExactly(high);
    }

    @Test
    void authorProgressOnlyMovesForward() {
        library.write(transaction -> {
            transaction.raiseAuthorProgress(new Stored.AuthorProgress(OTHER, 5, stamp(50, OTHER)));
            transaction.raiseAuthorProgress(new Stored.AuthorProgress(OTHER, 4, stamp(60, OTHER)));
            transaction.raiseAuthorProgress(new Stored.AuthorProgress(OTHER, 6, stamp(9, OTHER)));
        });

        assertThat(library.reader().authorProgress())
                .containsExactly(new Stored.AuthorProgress(OTHER, 6, stamp(60, OTHER)));
    }

    @Test
    void floorsOnlyRiseAndTellScopesApart() {
        library.write(transaction -> {
            transaction.raiseFloor(new Stored.Floor(Scope.shared(OTHER), 5));
            transaction.raiseFloor(new Stored.Floor(Scope.shared(OTHER), 4));
            transaction.raiseFloor(new Stored.Floor(Scope.state(OTHER, ENTRY), 2));
            transaction.raiseFloor(new Stored.Floor(Scope.state(OTHER, ENTRY), 3));
        });

        assertThat(library.reader().floors())
                .containsExactlyInAnyOrder(
                        new Stored.Floor(Scope.shared(OTHER), 5), new Stored.Floor(Scope.state(OTHER, ENTRY), 3));
    }

    @Test
    void whatAPeerHasOnlyGrows() {
        Stored.PeerProgress shared = new Stored.PeerProgress(OTHER, Scope.shared(OWNER), 5, 100);
        Stored.PeerProgress state = new Stored.PeerProgress(OTHER, Scope.state(OWNER, ENTRY), 7, 100);
        library.write(transaction -> {
            transaction.raisePeerProgress(shared);
            transaction.raisePeerProgress(new Stored.PeerProgress(OTHER, Scope.shared(OWNER), 4, 200));
            transaction.raisePeerProgress(state);
        });

        assertThat(library.reader().peerProgress()).containsExactlyInAnyOrder(shared, state);
    }

    @Test
    void aCheckpointIsReplacedUntilAllAreCleared() {
        Stored.Checkpoint begun = new Stored.Checkpoint("a", null, null, true, 0, 1, 1);
        Stored.Checkpoint further = new Stored.Checkpoint("a", "cursor", "{\"x\":1}", true, 10, 1, 2);
        library.write(transaction -> transaction.putCheckpoint(begun));
        assertThat(library.reader().checkpoints()).containsExactly(begun);

        library.write(transaction -> transaction.putCheckpoint(further));
        assertThat(library.reader().checkpoints()).containsExactly(further);

        library.write(transaction -> transaction.clearCheckpoints());
        assertThat(library.reader().checkpoints()).isEmpty();
    }

    @Test
    void heldChangesKeepTheirOrderAndIdsAreNeverUsedAgain() {
        List<Long> ids = new ArrayList<>();
        library.write(transaction -> {
            ids.add(transaction.addPending(pending(0, "buffer", null)));
            ids.add(transaction.addPending(pending(0, "dependency", uuid(77))));
        });
        assertThat(library.reader().pending())
                .containsExactly(pending(ids.get(0), "buffer", null), pending(ids.get(1), "dependency", uuid(77)));

        library.write(transaction -> ids.forEach(transaction::removePending));
        library.write(transaction -> ids.add(transaction.addPending(pending(0, "gap", null))));

        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(library.reader().pending()).containsExactly(pending(ids.get(2), "gap", null));
    }

    private static Stored.Pending pending(long id, String why, @Nullable UUID missing) {
        return new Stored.Pending(id, OWNER, OTHER, TAG, uuid(30), why, missing, 5, "{\"name\":\"ü\"}", 123);
    }

    @Test
    void aDeviceIsReplacedById() {
        Stored.Device self = new Stored.Device(OWNER, "laptop", true, true, 1, 0);
        Stored.Device other = new Stored.Device(OTHER, "old name", false, true, 1, 2);
        Stored.Device renamed = new Stored.Device(OTHER, "new name", false, false, 1, 3);
        library.write(transaction -> List.of(self, other, renamed).forEach(transaction::putDevice));

        assertThat(library.reader().devices()).containsExactly(self, renamed);
    }
}
