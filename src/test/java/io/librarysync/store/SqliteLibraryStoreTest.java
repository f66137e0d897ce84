package io.librarysync.store;

import static io.librarysync.engine.LibraryModels.ENTRY;
import static io.librarysync.engine.LibraryModels.TAG;
import static io.librarysync.store.LibraryFixture.OWNER;
import static io.librarysync.store.LibraryFixture.ROOT;
import static io.librarysync.store.LibraryFixture.tag;
import static io.librarysync.store.LibraryFixture.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.engine.LibraryStore.StatementTimer;
import io.librarysync.engine.StoreException;
import io.librarysync.engine.Stored;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLibraryStoreTest {
    private static final int MANY = 10_000;

    private final Path path;

    SqliteLibraryStoreTest(@TempDir Path directory) {
        this.path = directory.resolve("library.db");
    }

    private SqliteLibraryStore open() {
        return SqliteLibraryStore.open(path, Untimed.INSTANCE);
    }

    @Test
    void whatWasCommittedIsThereAfterReopening() {
        Stored.Clock clock = new Stored.Clock(LibraryFixture.stamp(5, OWNER), 3, 9);
        try (SqliteLibraryStore store = open()) {
            new LibraryFixture(store).write(transaction -> transaction.putClock(clock));
        }
        try (SqliteLibraryStore store = open()) {
            assertThat(store.<Stored.Clock>read(reader -> reader.clock())).isEqualTo(clock);
            assertThat(store.<List<UUID>>read(reader -> reader.ownedUpTo(ENTRY, OWNER, 99)))
                    .containsExactly(ROOT);
        }
    }

    @Test
    void aTransactionThatThrowsLeavesNothing() {
        IllegalStateException failure = new IllegalStateException("on purpose");
        try (SqliteLibraryStore store = open()) {
            LibraryFixture library = new LibraryFixture(store);
            assertThatThrownBy(() -> library.write(transaction -> {
                        library.putEntry(transaction, uuid(20), "a", ROOT);
                        throw failure;
                    }))
                    .isSameAs(failure);

            assertThat(library.reader().ownedUpTo(ENTRY, OWNER, 99)).containsExactly(ROOT);
            library.putEntry(uuid(20), "a", ROOT);
            assertThat(library.reader().ownedUpTo(ENTRY, OWNER, 99)).containsExactly(ROOT, uuid(20));
        }
    }

    @Test
    void transactionsDoNotNest() {
        try (SqliteLibraryStore store = open()) {
            assertThatThrownBy(() -> store.inTransaction(outer -> store.inTransaction(inner -> true)))
                    .isInstanceOf(StoreException.class);
            assertThat(store.<Boolean>inTransaction(transaction -> true)).isTrue();
        }
    }

    @Test
    void aProcessThatDiesInATransactionLeavesNothingOfIt() throws Exception {
        open().close();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingProcess.class.getName(),
                        path.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isEqualTo(DyingProcess.EXIT_CODE);

        try (SqliteLibraryStore store = open()) {
            assertThat(store.<List<Stored.Row>>read(reader -> reader.owned(ENTRY, OWNER)))
                    .extracting(Stored.Row::uuid)
                    .containsExactly(ROOT, uuid(20));
        }
    }

    /** Commits one entry, writes another and dies before that is committed. */
    static final class DyingProcess {
        static final int EXIT_CODE = 3;

        private DyingProcess() {}

        public static void main(String[] arguments) {
            SqliteLibraryStore store = SqliteLibraryStore.open(Path.of(arguments[0]), Untimed.INSTANCE);
            LibraryFixture library = new LibraryFixture(store);
            library.putEntry(uuid(20), "committed", ROOT);
            library.write(transaction -> {
                library.putEntry(transaction, uuid(21), "lost", ROOT);
                Runtime.getRuntime().halt(EXIT_CODE);
            });
        }
    }

    @Test
    void aFileOfTheFirstVersionIsBroughtUpToDateAndKeepsItsRecords() throws SQLException {
        try (SqliteLibraryStore store = open()) {
            new LibraryFixture(store).putEntry(uuid(20), "old", ROOT);
        }
        SqliteFiles.execute(path, "DROP TABLE moved_entries");
        SqliteFiles.execute(path, "PRAGMA user_version = 1");

        try (SqliteLibraryStore store = open()) {
            boolean kept = store.read(library -> library.record(ENTRY, uuid(20)).isPresent()
                    && library.movedBelow(ROOT).isEmpty());
            assertThat(kept).isTrue();
        }
        assertThat(SqliteFiles.rows(path, "PRAGMA user_version")).containsExactly("2");
    }

    @Test
    void aNewerFileIsRefusedAndNotTouched() throws SQLException, IOException {
        open().close();
        SqliteFiles.execute(path, "PRAGMA user_version = 3");
        byte[] before = Files.readAllBytes(path);

        assertThatThrownBy(this::open)
                .isInstanceOf(UnusableDataException.class)
                .hasMessage(path + " has schema version 3, this program knows 2;"
                        + " use the newer program, nothing was touched");
        assertThat(Files.readAllBytes(path)).isEqualTo(before);
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedInOneLine() throws IOException {
        Files.writeString(path, "this is no database\n".repeat(500));

        assertThatThrownBy(this::open)
                .isInstanceOf(UnusableDataException.class)
                .hasMessageStartingWith("cannot open " + path + ": ")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aDamagedFileIsRefusedInOneLine() throws IOException {
        try (SqliteLibraryStore store = open()) {
            LibraryFixture library = new LibraryFixture(store);
            library.write(transaction -> IntStream.range(0, 1_000)
                    .forEach(i -> library.putEntry(transaction, uuid(100 + i), "n" + i, ROOT)));
        }
        overwriteTheMiddle();

        assertThatThrownBy(this::open)
                .isInstanceOf(UnusableDataException.class)
                .message()
                .contains(path.toString())
                .endsWith("; start with a new --data folder to join as a new device,"
                        + " or put back a copy of the whole folder if nothing was synced since it was made")
                .doesNotContain("\n");
    }

    private void overwriteTheMiddle() throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            byte[] garbage = new byte[64 * 1024];
            Arrays.fill(garbage, (byte) 0x5a);
            file.write(ByteBuffer.wrap(garbage), file.size() / 2);
        }
    }

    @Test
    void aClosedStoreSaysSo() {
        SqliteLibraryStore store = open();
        store.close();
        store.close();

        assertThatThrownBy(() -> store.read(reader -> reader.clock()))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DATABASE))
                .hasMessage(path + " is closed");
    }

    @Test
    void aReaderNeverWaitsForTheWriter() throws Exception {
        try (SqliteLibraryStore store = open()) {
            LibraryFixture library = new LibraryFixture(store);
            CountDownLatch written = new CountDownLatch(1);
            CountDownLatch read = new CountDownLatch(1);
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> library.write(transaction -> {
                library.putEntry(transaction, uuid(20), "a", ROOT);
                written.countDown();
                awaitQuietly(read);
            }));
            written.await();
            try {
                assertThat(library.reader().ownedUpTo(ENTRY, OWNER, 99)).containsExactly(ROOT);
            } finally {
                read.countDown();
            }
            writer.join();
            assertThat(library.reader().ownedUpTo(ENTRY, OWNER, 99)).containsExactly(ROOT, uuid(20));
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void everyStatementIsTimedHoweverItEnds() {
        Timer timer = new Timer();
        try (SqliteLibraryStore store = SqliteLibraryStore.open(path, timer)) {
            long opened = timer.ended;
            assertThat(timer.started).isEqualTo(opened);

            store.read(reader -> reader.clock());
            assertThat(timer.ended - opened).isEqualTo(3); // BEGIN, SELECT, COMMIT
            assertThatThrownBy(() -> store.inTransaction(
                            transaction -> transaction.putOwned(ENTRY, ROOT, tag("no entry"), Map.of(), OWNER, 1, 1)))
                    .isInstanceOf(StoreException.class);
            assertThat(timer.ended - opened).isEqualTo(6); // BEGIN, INSERT, ROLLBACK
            assertThat(timer.started).isEqualTo(timer.ended);
        }
    }

    private static final class Timer implements StatementTimer {
        private long started;
        private long ended;

        @Override
        public long started() {
            return ++started;
        }

        @Override
        public void ended(long start) {
            assertThat(start).isEqualTo(started);
            ended++;
        }
    }

    @Test
    void digestsAreEqualForEqualContentWhateverTheOrderOfWriting() {
        Path otherPath = path.resolveSibling("other.db");
        try (SqliteLibraryStore one = open();
                SqliteLibraryStore other = SqliteLibraryStore.open(otherPath, Untimed.INSTANCE)) {
            LibraryFixture a = new LibraryFixture(one);
            LibraryFixture b = new LibraryFixture(other);
            a.putEntry(uuid(20), "a", ROOT);
            a.putEntry(uuid(21), "b", ROOT);
            b.putEntry(uuid(21), "b", ROOT);
            b.putEntry(uuid(20), "old", ROOT);
            b.putEntry(uuid(20), "a", ROOT);
            assertThat(other.contentDigests()).isEqualTo(one.contentDigests());

            b.write(transaction -> transaction.putShared(TAG, uuid(30), tag("t"), Map.of()));
            assertThat(other.contentDigests().get(ENTRY))
                    .isEqualTo(one.contentDigests().get(ENTRY));
            assertThat(other.contentDigests().get(TAG))
                    .isNotEqualTo(one.contentDigests().get(TAG));
        }
    }

    @Test
    void manyEntriesInOneTransactionAreAllThereAndPagedWithoutGap() {
        try (SqliteLibraryStore store = open()) {
            LibraryFixture library = new LibraryFixture(store);
            library.write(transaction -> IntStream.range(0, MANY)
                    .forEach(i -> transaction.savepoint(
                            () -> library.putEntry(transaction, new UUID(i, i), "file " + i, ROOT))));

            assertThat(pagedNames(library))
                    .isEqualTo(
                            IntStream.range(0, MANY).mapToObj(i -> "file " + i).toList());
            assertThat(library.reader().search("FILE 999", MANY)).hasSize(11);
        }
    }

    private static List<String> pagedNames(LibraryFixture library) {
        List<String> names = new ArrayList<>();
        Stored.StateSlice page = library.reader().stateAfter(ENTRY, OWNER, 3, 999);
        addNames(page, names);
        while (page.hasMore()) {
            page = library.reader().stateAfter(ENTRY, OWNER, page.toRev(), 999);
            addNames(page, names);
        }
        return names;
    }

    private static void addNames(Stored.StateSlice page, List<String> names) {
        page.changes()
                .forEach(change -> names.add(
                        String.valueOf(Objects.requireNonNull(change.data()).text("name"))));
    }
}
