package io.librarysync.store;

import static io.librarysync.engine.LibraryModels.CONTENT_IDENTITY;
import static io.librarysync.engine.LibraryModels.ENTRY;
import static io.librarysync.engine.LibraryModels.ENTRY_TAG;
import static io.librarysync.engine.LibraryModels.LOCATION;
import static io.librarysync.engine.LibraryModels.TAG;
import static io.librarysync.engine.LibraryModels.VOLUME;
import static io.librarysync.store.LibraryFixture.CHANGED_AT;
import static io.librarysync.store.LibraryFixture.DISK;
import static io.librarysync.store.LibraryFixture.HOME;
import static io.librarysync.store.LibraryFixture.OTHER;
import static io.librarysync.store.LibraryFixture.OWNER;
import static io.librarysync.store.LibraryFixture.ROOT;
import static io.librarysync.store.LibraryFixture.entry;
import static io.librarysync.store.LibraryFixture.stamp;
import static io.librarysync.store.LibraryFixture.tag;
import static io.librarysync.store.LibraryFixture.uuid;
import static io.librarysync.store.LibraryFixture.volume;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.engine.LibraryTransaction;
import io.librarysync.engine.RecordData;
import io.librarysync.engine.StoreException;
import io.librarysync.engine.Stored;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryRecordsTest {
    private static final UUID FOLDER = uuid(20);
    private static final UUID FILE = uuid(21);
    private static final UUID RED = uuid(30);
    private static final UUID LINK = uuid(31);

    private final SqliteLibraryStore store;
    private final LibraryFixture library;

    LibraryRecordsTest(@TempDir Path directory) {
        this.store = SqliteLibraryStore.open(directory.resolve("library.db"), Untimed.INSTANCE);
        this.library = new LibraryFixture(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aRecordComesBackWithItsReferencesAsUuids() {
        library.putEntry(FILE, "a", ROOT);

        assertThat(library.reader().record(ENTRY, FILE)).contains(entry("a", ROOT));
        assertThat(library.reader().record(ENTRY, uuid(99))).isEmpty();
    }

    @Test
    void whatIsAbsentStaysAbsent() {
        RecordData bare = RecordData.builder().put("name", "bare").build();
        library.write(transaction -> transaction.putShared(TAG, RED, bare, Map.of()));

        assertThat(library.reader().record(TAG, RED)).contains(bare);
    }

    @Test
    void puttingARecordAgainReplacesItAndKeepsItsId() {
        List<Long> ids = new ArrayList<>();
        library.write(transaction -> {
            ids.add(library.putEntry(transaction, FILE, "a", ROOT));
            ids.add(library.putEntry(transaction, FILE, "b", ROOT));
        });

        assertThat(ids.get(1)).isEqualTo(ids.get(0));
        assertThat(library.reader().record(ENTRY, FILE)).contains(entry("b", ROOT));
        assertThat(library.reader().ownedRow(ENTRY, FILE))
                .contains(new Stored.OwnedRow(ids.get(0), OWNER, library.rev(), CHANGED_AT + library.rev()));
    }

    @Test
    void idsOfManyRecordsAreFoundAtOnceAndUnknownOnesAreLeftOut() {
        library.putEntry(FILE, "a", ROOT);
        library.putEntry(FOLDER, "b", ROOT);

        Map<UUID, Long> ids = library.reader().idsOf(ENTRY, List.of(FILE, uuid(99), FOLDER));

        assertThat(ids).containsOnlyKeys(FILE, FOLDER);
        assertThat(library.reader().idsOf(ENTRY, List.of(FILE))).isEqualTo(Map.of(FILE, ids.getOrDefault(FILE, 0L)));
        assertThat(library.reader().idsOf(ENTRY, List.of())).isEmpty();
    }

    @Test
    void namesOfAnyKindComeBackAsTheyWere() {
        List<String> names = List.of(
                "it's \"quoted\"",
                "two\nlines\r\n",
                "tab\tand \\ and %",
                "🗂️ émoji ü",
                "'; DROP TABLE entries; --",
                "x".repeat(10_000),
                " ",
                "null");
        for (int i = 0; i < names.size(); i++) {
            library.putEntry(uuid(100 + i), names.get(i), ROOT);
        }
        for (int i = 0; i < names.size(); i++) {
            UUID uuid = uuid(100 + i);
            assertThat(library.reader().record(ENTRY, uuid)).contains(entry(names.get(i), ROOT));
            assertThat(library.reader().withText(ENTRY, "name", nameOf(uuid))).containsExactly(uuid);
        }
    }

    private String nameOf(UUID uuid) {
        return String.valueOf(library.reader().record(ENTRY, uuid).orElseThrow().text("name"));
    }

    @Test
    void ownedRecordsAreListedByUuidWhateverTheOrderOfCreation() {
        UUID high = new UUID(-1, 1);
        library.putEntry(high, "high", ROOT);
        library.putEntry(FILE, "low", ROOT);

        assertThat(library.reader().owned(ENTRY, OWNER))
                .containsExactly(
                        new Stored.Row(ROOT, entry("home", null)),
                        new Stored.Row(FILE, entry("low", ROOT)),
                        new Stored.Row(high, entry("high", ROOT)));
        assertThat(library.reader().owned(ENTRY, OTHER)).isEmpty();
    }

    @Test
    void ownedRecordsUpToARevAreFound() {
        long first = library.putEntry(FILE, "a", ROOT);
        library.putEntry(FOLDER, "b", ROOT);

        assertThat(library.reader().ownedUpTo(ENTRY, OWNER, first)).containsExactly(ROOT, FILE);
    }

    @Test
    void recordsAreFoundByWhatTheyReferTo() {
        library.putEntry(FILE, "a", ROOT);
        library.putEntry(FOLDER, "b", ROOT);
        library.write(transaction -> link(transaction, LINK, FILE));

        assertThat(library.reader().referringTo(ENTRY_TAG, Map.of("entry", FILE, "tag", RED)))
                .containsExactly(LINK);
        assertThat(library.reader().referringTo(ENTRY_TAG, Map.of("tag", RED))).containsExactly(LINK);
        assertThat(library.reader().referringTo(ENTRY_TAG, Map.of("entry", FOLDER)))
                .isEmpty();
        assertThatThrownBy(() -> library.reader().referringTo(ENTRY_TAG, Map.of("volume", DISK)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("entry_tag does not refer to other records by [volume]");
        assertThatThrownBy(() -> library.reader().withText(ENTRY, "name = name OR name", ""))
                .hasMessage("entry has no column name = name OR name");
    }

    @Test
    void deletingARootTakesItsTreeAndTheTagsOnIt() {
        library.putEntry(FOLDER, "folder", ROOT);
        library.putEntry(FILE, "a", FOLDER);
        library.write(transaction -> link(transaction, LINK, FILE));

        assertThat(store.<Boolean>inTransaction(transaction -> transaction.delete(ENTRY, FOLDER)))
                .isTrue();

        assertThat(library.reader().owned(ENTRY, OWNER)).containsExactly(new Stored.Row(ROOT, entry("home", null)));
        assertThat(library.reader().record(ENTRY_TAG, LINK)).isEmpty();
        assertThat(library.reader().record(TAG, RED)).contains(tag("red"));
        assertThat(store.<Boolean>inTransaction(transaction -> transaction.delete(ENTRY, FOLDER)))
                .isFalse();
    }

    @Test
    void aTreeDeeperThanAnyCascadeIsDeletedAtItsRoot() {
        library.write(transaction -> {
            @Nullable UUID parent = ROOT;
            for (int depth = 0; depth < 2_500; depth++) {
                UUID child = uuid(10_000 + depth);
                library.putEntry(transaction, child, "d", parent);
                parent = child;
            }
        });

        library.write(transaction -> transaction.delete(ENTRY, uuid(10_000)));

        assertThat(library.reader().ownedUpTo(ENTRY, OWNER, Long.MAX_VALUE)).containsExactly(ROOT);
    }

    @Test
    void deletingALocationTakesAllItsEntries() {
        library.putEntry(FOLDER, "folder", ROOT);
        library.putEntry(FILE, "a", FOLDER);

        library.write(transaction -> transaction.delete(LOCATION, HOME));

        assertThat(library.reader().owned(ENTRY, OWNER)).isEmpty();
        assertThat(library.reader().record(VOLUME, DISK)).contains(volume("disk"));
    }

    @Test
    void deletingAContentIdentityClearsTheReferenceToIt() {
        UUID content = uuid(40);
        RecordData identity =
                RecordData.builder().put("hash", "abc").put("size", 3L).build();
        library.write(transaction -> {
            long id = transaction.putShared(CONTENT_IDENTITY, content, identity, Map.of());
            long home = transaction.idsOf(LOCATION, List.of(HOME)).getOrDefault(HOME, 0L);
            transaction.putOwned(
                    ENTRY, FILE, entry("a", null), Map.of("location", home, "content_identity", id), OWNER, 9, 9);
        });
        assertThat(library.reader().record(ENTRY, FILE).orElseThrow().fields())
                .containsEntry("content_identity_uuid", content.toString());

        library.write(transaction -> transaction.delete(CONTENT_IDENTITY, content));

        assertThat(library.reader().record(ENTRY, FILE)).contains(entry("a", null));
    }

    @Test
    void theChildrenOfADirectoryAreKnownWithTheirFileKey() {
        library.putEntry(FOLDER, "folder", ROOT);
        library.putEntry(FILE, "a", FOLDER);
        library.write(transaction -> transaction.putFileKey(FILE, "inode-7"));
        library.putEntry(FILE, "renamed", FOLDER);

        assertThat(library.reader().children(HOME, FOLDER))
                .containsExactly(new Stored.KnownEntry(FILE, "renamed", "file", 7L, 5L, "inode-7", null));
        assertThat(library.reader().children(HOME, null))
                .extracting(Stored.KnownEntry::uuid)
                .containsExactly(ROOT);
        assertThat(library.reader().children(HOME, uuid(99))).isEmpty();
        assertThat(library.reader().children(uuid(99), null)).isEmpty();
    }

    @Test
    void whatMovedIsFoundBelowEveryDirectoryItIsInAndGoneWithIt() {
        library.putEntry(FOLDER, "folder", ROOT);
        library.putEntry(uuid(22), "inner", FOLDER);
        library.putEntry(FILE, "a", uuid(22));
        library.putEntry(uuid(23), "b", uuid(22));
        library.write(transaction -> transaction.noteMoved(FILE));
        library.write(transaction -> transaction.noteMoved(FILE));

        assertThat(library.reader().movedBelow(uuid(22))).containsExactly(FILE);
        assertThat(library.reader().movedBelow(FOLDER)).containsExactly(FILE);
        assertThat(library.reader().movedBelow(FILE)).isEmpty();
        library.write(transaction -> transaction.delete(ENTRY, uuid(22)));
        assertThat(library.reader().movedBelow(FOLDER)).isEmpty();
        assertThat(library.reader().movedBelow(ROOT)).isEmpty();
    }

    @Test
    void aSearchFindsNamesInAnyCaseAndGivesTheirPaths() {
        library.putEntry(FOLDER, "Straße", ROOT);
        library.putEntry(FILE, "ÄRGER 100%.txt", FOLDER);
        library.putEntry(uuid(22), "other", FOLDER);

        assertThat(library.reader().search("ärger 100%", 10))
                .containsExactly(new Stored.Found(FILE, OWNER, "/home/Straße/ÄRGER 100%.txt"));
        assertThat(library.reader().search("R", 10))
                .extracting(Stored.Found::path)
                .containsExactly("/home/Straße", "/home/Straße/other", "/home/Straße/ÄRGER 100%.txt");
        assertThat(library.reader().search("r", 2))
                .extracting(Stored.Found::path)
                .containsExactly("/home/Straße", "/home/Straße/other");
        assertThat(library.reader().search("HOME", 10)).containsExactly(new Stored.Found(ROOT, OWNER, "/home"));
    }

    @Test
    void aReferenceToNothingIsRefusedAsOneRecordsFault() {
        library.write(transaction -> {
            assertThatThrownBy(() -> transaction.savepoint(() -> transaction.putOwned(
                            ENTRY, FILE, entry("a", null), Map.of("location", 12_345L), OWNER, 9, 9)))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CONSTRAINT));
            library.putEntry(transaction, FOLDER, "folder", ROOT);
        });

        assertThat(library.reader().idsOf(ENTRY, List.of(FILE, FOLDER))).containsOnlyKeys(FOLDER);
    }

    @Test
    void aFailureInASavepointUndoesWhatItWroteAndNothingElse() {
        IllegalStateException failure = new IllegalStateException("on purpose");
        library.write(transaction -> {
            library.putEntry(transaction, FOLDER, "folder", ROOT);
            assertThatThrownBy(() -> transaction.savepoint(() -> {
                        library.putEntry(transaction, FILE, "a", FOLDER);
                        throw failure;
                    }))
                    .isSameAs(failure);
            transaction.savepoint(() -> link(transaction, LINK, FOLDER));
        });

        assertThat(library.reader().idsOf(ENTRY, List.of(FILE, FOLDER))).containsOnlyKeys(FOLDER);
        assertThat(library.reader().idsOf(ENTRY_TAG, List.of(LINK))).containsOnlyKeys(LINK);
    }

    private static void link(LibraryTransaction transaction, UUID link, UUID entry) {
        long tag = transaction.putShared(TAG, RED, tag("red"), Map.of());
        long target = transaction.idsOf(ENTRY, List.of(entry)).getOrDefault(entry, 0L);
        RecordData data = RecordData.builder()
                .reference("entry", entry)
                .reference("tag", RED)
                .build();
        transaction.putShared(ENTRY_TAG, link, data, Map.of("entry", target, "tag", tag));
        transaction.putVersion(new Stored.Version(ENTRY_TAG, link, stamp(CHANGED_AT, OWNER), null, false));
    }
}
