package io.librarysync.store;

import static io.librarysync.engine.LibraryModels.ENTRY;
import static io.librarysync.engine.LibraryModels.LOCATION;
import static io.librarysync.engine.LibraryModels.TAG;
import static io.librarysync.engine.LibraryModels.VOLUME;
import static io.librarysync.store.LibraryFixture.CHANGED_AT;
import static io.librarysync.store.LibraryFixture.OTHER;
import static io.librarysync.store.LibraryFixture.OWNER;
import static io.librarysync.store.LibraryFixture.ROOT;
import static io.librarysync.store.LibraryFixture.entry;
import static io.librarysync.store.LibraryFixture.stamp;
import static io.librarysync.store.LibraryFixture.tag;
import static io.librarysync.store.LibraryFixture.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.DeviceId;
import io.librarysync.engine.RecordData;
import io.librarysync.engine.Scope;
import io.librarysync.engine.SharedChange;
import io.librarysync.engine.SharedChange.Op;
import io.librarysync.engine.SnapshotRow;
import io.librarysync.engine.StateChange;
import io.librarysync.engine.Stored;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryPagesTest {
    private static final DeviceId THIRD = new DeviceId(uuid(3));

    private final Path path;
    private final SqliteLibraryStore store;
    private final LibraryFixture library;

    LibraryPagesTest(@TempDir Path directory) {
        this.path = directory.resolve("library.db");
        this.store = SqliteLibraryStore.open(path, Untimed.INSTANCE);
        this.library = new LibraryFixture(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aPageHoldsRowsAndDeletionsInTheOrderOfTheirRevs() {
        long first = library.putEntry(uuid(20), "a", ROOT);
        library.write(transaction -> transaction.putTombstone(new Stored.Tombstone(ENTRY, uuid(50), OWNER, 5, 77)));
        library.write(transaction ->
                transaction.putOwned(ENTRY, uuid(20), entry("b", null), location(), OWNER, 6, CHANGED_AT));

        assertThat(first).isEqualTo(4);
        assertThat(library.reader().stateAfter(ENTRY, OWNER, 3, 10))
                .isEqualTo(new Stored.StateSlice(
                        List.of(
                                new StateChange(uuid(50), 5, null, 77),
                                new StateChange(uuid(20), 6, entry("b", null), CHANGED_AT)),
                        List.of(),
                        false,
                        6));
    }

    private Map<String, Long> location() {
        return Map.of(
                "location",
                library.reader().idsOf(LOCATION, List.of(LibraryFixture.HOME)).getOrDefault(LibraryFixture.HOME, 0L));
    }

    @Test
    void aPageSaysWhetherThereIsMoreAndHowFarItReaches() {
        for (int i = 0; i < 3; i++) {
            library.putEntry(uuid(20 + i), "n" + i, ROOT);
        }

        Stored.StateSlice two = library.reader().stateAfter(ENTRY, OWNER, 3, 2);
        assertThat(two.changes()).extracting(StateChange::uuid).containsExactly(uuid(20), uuid(21));
        assertThat(two.hasMore()).isTrue();
        assertThat(two.toRev()).isEqualTo(5);

        Stored.StateSlice rest = library.reader().stateAfter(ENTRY, OWNER, two.toRev(), 2);
        assertThat(rest.changes()).extracting(StateChange::uuid).containsExactly(uuid(22));
        assertThat(rest.hasMore()).isFalse();
        assertThat(rest.toRev()).isEqualTo(6);

        assertThat(library.reader().stateAfter(ENTRY, OWNER, 3, 3).hasMore()).isFalse();
    }

    @Test
    void anEmptyPageReachesWhereItBegan() {
        assertThat(library.reader().stateAfter(ENTRY, OTHER, 17, 10))
                .isEqualTo(new Stored.StateSlice(List.of(), List.of(), false, 17));
    }

    @Test
    void aRowThatCannotBeReadIsListedAndPassedOver() throws SQLException {
        library.putEntry(uuid(20), "a", ROOT);
        library.putEntry(uuid(21), "b", ROOT);
        SqliteFiles.execute(path, "UPDATE entries SET size = 'huge' WHERE uuid = '" + uuid(20) + "'");

        assertThat(library.reader().stateAfter(ENTRY, OWNER, 3, 10))
                .isEqualTo(new Stored.StateSlice(
                        List.of(new StateChange(uuid(21), 5, entry("b", ROOT), CHANGED_AT + 5)),
                        List.of(new Stored.Unreadable(uuid(20), 4, "entry.size is no INTEGER")),
                        false,
                        5));
    }

    @Test
    void theLastRevIsTheHighestAmongRowsDeletionsAndFloor() {
        assertThat(library.reader().lastRev(ENTRY, OTHER)).isZero();
        assertThat(library.reader().lastRev(ENTRY, OWNER)).isEqualTo(3);

        library.write(transaction -> transaction.putTombstone(new Stored.Tombstone(ENTRY, uuid(50), OWNER, 40, 77)));
        assertThat(library.reader().lastRev(ENTRY, OWNER)).isEqualTo(40);
        assertThat(library.reader().lastRev(LOCATION, OWNER)).isEqualTo(2);

        library.write(transaction -> transaction.raiseFloor(new Stored.Floor(Scope.state(OWNER, ENTRY), 50)));
        assertThat(library.reader().lastRev(ENTRY, OWNER)).isEqualTo(50);
    }

    @Test
    void anOwnersHeadsAreItsLastChangesWithTheirTimes() {
        library.write(transaction -> transaction.putTombstone(new Stored.Tombstone(ENTRY, uuid(50), OWNER, 40, 77)));

        assertThat(library.reader().ownHeads(OWNER))
                .containsExactlyInAnyOrder(
                        new Stored.Watermark(OWNER, VOLUME, 1, CHANGED_AT),
                        new Stored.Watermark(OWNER, LOCATION, 2, CHANGED_AT),
                        new Stored.Watermark(OWNER, ENTRY, 40, 77));
        assertThat(library.reader().ownHeads(OTHER)).isEmpty();
    }

    @Test
    void aPageBesideAWriterShowsOneMoment() {
        long last = store.read(session -> {
            long before = session.lastRev(ENTRY, OWNER);
            library.putEntry(uuid(20), "meanwhile", ROOT);
            assertThat(session.stateAfter(ENTRY, OWNER, before, 10).changes()).isEmpty();
            return session.lastRev(ENTRY, OWNER);
        });

        assertThat(last).isEqualTo(3);
        assertThat(library.reader().lastRev(ENTRY, OWNER)).isEqualTo(4);
    }

    @Test
    void theLogIsServedInTheOrderOfItsStampsWithoutWhatThePeerHoldsOrWrote() {
        SharedChange ours1 = change(OWNER, 1, 10);
        SharedChange ours2 = change(OWNER, 2, 40);
        SharedChange theirs = change(OTHER, 1, 20);
        SharedChange third1 = change(THIRD, 1, 5);
        SharedChange third2 = change(THIRD, 2, 30);
        library.write(transaction -> List.of(ours1, ours2, theirs, third1, third2)
                .forEach(change -> transaction.appendLog(change, CHANGED_AT)));

        assertThat(library.reader().logAfter(Map.of(), OTHER, 10)).containsExactly(third1, ours1, third2, ours2);
        assertThat(library.reader().logAfter(Map.of(), OTHER, 3)).containsExactly(third1, ours1, third2);
        assertThat(library.reader().logAfter(Map.of(OWNER, 1L, THIRD, 2L), OTHER, 10))
                .containsExactly(ours2);
        assertThat(library.reader().logAfter(Map.of(OWNER, 2L, THIRD, 9L), OTHER, 10))
                .isEmpty();
    }

    @Test
    void aLogEntryIsTakenOnceAndComesBackWhole() {
        SharedChange update = new SharedChange(
                OWNER, 7, stamp(9, OWNER), stamp(8, OTHER), TAG, uuid(30), Op.UPDATE, tag("it's\n🗂️"));
        SharedChange deletion =
                new SharedChange(OWNER, 8, stamp(10, OWNER), stamp(9, OWNER), TAG, uuid(30), Op.DELETE, null);

        library.write(transaction -> {
            assertThat(transaction.appendLog(update, CHANGED_AT)).isTrue();
            assertThat(transaction.appendLog(change(OWNER, 7, 99), CHANGED_AT)).isFalse();
            assertThat(transaction.appendLog(deletion, CHANGED_AT)).isTrue();
        });

        assertThat(library.reader().logAfter(Map.of(), OTHER, 10)).containsExactly(update, deletion);
    }

    @Test
    void theLogIsPrunedUpToASeqOfOneAuthor() {
        library.write(transaction -> {
            for (int seq = 1; seq <= 5; seq++) {
                transaction.appendLog(change(OWNER, seq, seq), 100L * seq);
            }
            transaction.appendLog(change(OTHER, 1, 9), 1_000);
        });
        assertThat(library.reader().loggedBefore(300)).isEqualTo(Map.of(OWNER, 2L, OTHER, 0L));

        assertThat(store.<Integer>inTransaction(transaction -> transaction.pruneLog(OWNER, 4)))
                .isEqualTo(4);

        assertThat(library.reader().logAfter(Map.of(), THIRD, 10))
                .containsExactly(change(OWNER, 5, 5), change(OTHER, 1, 9));
        assertThat(library.reader().loggedBefore(Long.MAX_VALUE)).isEqualTo(Map.of(OWNER, 5L, OTHER, 1L));
    }

    @Test
    void anEmptyLogHasNoAuthors() {
        assertThat(library.reader().loggedBefore(Long.MAX_VALUE)).isEmpty();
        assertThat(library.reader().logAfter(Map.of(), OTHER, 10)).isEmpty();
    }

    @Test
    void tombstonesArePrunedUpToARevOfOneOwnerAndModel() {
        library.write(transaction -> {
            transaction.putTombstone(new Stored.Tombstone(ENTRY, uuid(50), OWNER, 10, 100));
            transaction.putTombstone(new Stored.Tombstone(ENTRY, uuid(51), OWNER, 11, 200));
            transaction.putTombstone(new Stored.Tombstone(LOCATION, uuid(52), OWNER, 12, 300));
        });
        assertThat(library.reader().tombstonesBefore(200))
                .isEqualTo(Map.of(Scope.state(OWNER, ENTRY), 10L, Scope.state(OWNER, LOCATION), 0L));

        assertThat(store.<Integer>inTransaction(transaction -> transaction.pruneTombstones(OWNER, ENTRY, 10)))
                .isEqualTo(1);

        assertThat(library.reader().tombstone(ENTRY, uuid(50))).isEmpty();
        assertThat(library.reader().tombstone(ENTRY, uuid(51)))
                .contains(new Stored.Tombstone(ENTRY, uuid(51), OWNER, 11, 200));
        assertThat(library.reader().tombstone(LOCATION, uuid(52))).isPresent();
    }

    @Test
    void aSnapshotHoldsRecordsAndDeletionsButNotRowsThatWentWithOthers() {
        UUID high = new UUID(-1, 1);
        library.write(transaction -> {
            transaction.putShared(TAG, high, tag("high"), Map.of());
            transaction.putVersion(new Stored.Version(TAG, high, stamp(1, OWNER), null, false));
            transaction.putVersion(new Stored.Version(TAG, uuid(31), stamp(3, OTHER), stamp(2, OWNER), true));
            transaction.putVersion(new Stored.Version(TAG, uuid(32), stamp(4, OTHER), null, false));
            transaction.putShared(TAG, uuid(30), tag("low"), Map.of());
            transaction.putVersion(new Stored.Version(TAG, uuid(30), stamp(5, OWNER), stamp(1, OWNER), false));
        });
        SnapshotRow low = row(uuid(30), 5, tag("low"));
        SnapshotRow deleted = new SnapshotRow(TAG, uuid(31), stamp(3, OTHER), stamp(2, OWNER), true, null);
        SnapshotRow last = new SnapshotRow(TAG, high, stamp(1, OWNER), null, false, tag("high"));

        assertThat(library.reader().snapshotAfter(TAG, null, 10)).containsExactly(low, deleted, last);
        assertThat(library.reader().snapshotAfter(TAG, null, 1)).containsExactly(low);
        assertThat(library.reader().snapshotAfter(TAG, uuid(30), 10)).containsExactly(deleted, last);
        assertThat(library.reader().snapshotAfter(TAG, high, 10)).isEmpty();
    }

    private static SnapshotRow row(UUID uuid, long millis, @Nullable RecordData data) {
        return new SnapshotRow(TAG, uuid, stamp(millis, OWNER), stamp(1, OWNER), false, data);
    }

    private static SharedChange change(DeviceId author, long seq, long millis) {
        UUID uuid = new UUID(seq, millis);
        return new SharedChange(author, seq, stamp(millis, author), null, TAG, uuid, Op.CREATE, tag("t" + seq));
    }
}
