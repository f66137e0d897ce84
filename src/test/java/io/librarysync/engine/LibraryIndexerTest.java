package io.librarysync.engine;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.librarysync.domain.FileStanding;
import io.librarysync.metrics.ErrorEvent;
import io.librarysync.testing.ManualWatcher;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LibraryIndexerTest {
    private static final Duration DEBOUNCE = Duration.ofMillis(50);
    private static final long VOLUME_AND_LOCATION = 2;

    private final ManualWatcher watcher = new ManualWatcher();
    private final Path folder;
    private final Path root;
    private final TestLibrary library;
    private final TestDevice device;
    private LibraryIndexer indexer;

    LibraryIndexerTest(@TempDir Path temporary) throws IOException {
        folder = temporary.toRealPath();
        library = new TestLibrary(Files.createDirectory(folder.resolve("db")));
        device = library.start("A");
        root = Files.createDirectory(folder.resolve("files"));
        indexer = started();
    }

    @AfterEach
    void end() {
        indexer.close();
        library.close();
    }

    @Test
    void aLocationIsIndexedWithEverythingBelowIt() throws IOException {
        write("a.txt", "one");
        write("sub/deeper/b.txt", "two");
        Files.createSymbolicLink(root.resolve("link"), root.resolve("a.txt"));

        addLocation();

        assertThat(paths()).containsExactly("", "/a.txt", "/link", "/sub", "/sub/deeper", "/sub/deeper/b.txt");
        assertThat(committed()).isEqualTo(VOLUME_AND_LOCATION + 6 + 2);
    }

    @Test
    void aSecondLookAtUnchangedFilesWritesNothing() throws IOException {
        write("sub/b.txt", "two");
        addLocation();
        long before = committed();

        rescan();

        assertThat(committed()).isEqualTo(before);
    }

    @Test
    void aNewFileIsSeenOnceTheWatcherTells() throws IOException {
        addLocation();
        long before = committed();
        write("new.txt", "");

        changed(root);

        assertThat(paths()).containsExactly("", "/new.txt");
        assertThat(committed()).isEqualTo(before + 1);
    }

    @Test
    void filesInANewDirectoryAreFoundAndTheDirectoryIsWatched() throws IOException {
        addLocation();
        write("new/inside.txt", "");
        changed(root);
        write("new/later.txt", "");

        changed(root.resolve("new"));

        assertThat(paths()).containsExactly("", "/new", "/new/inside.txt", "/new/later.txt");
    }

    @Test
    void changedContentIsOneEntryChangeAndOneNewIdentity() throws IOException {
        write("a.txt", "one");
        addLocation();
        long before = committed();
        write("a.txt", "another");

        changed(root);

        assertThat(committed()).isEqualTo(before + 2);
        assertThat(paths()).containsExactly("", "/a.txt");
    }

    @Test
    void equalContentIsOneIdentity() throws IOException {
        write("a.txt", "same");
        write("b.txt", "same");

        addLocation();

        assertThat(committed()).isEqualTo(VOLUME_AND_LOCATION + 3 + 1);
    }

    @Test
    void aTouchedFileWithTheSameContentIsOneChangeOfItsEntry() throws IOException {
        Path file = write("a.txt", "one");
        addLocation();
        long before = committed();

        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        changed(root);

        assertThat(committed()).isEqualTo(before + 1);
    }

    @Test
    void aDeletedTreeIsOneChange() throws IOException {
        write("sub/one.txt", "1");
        addLocation();
        long before = committed();
        Files.delete(root.resolve("sub/one.txt"));
        Files.delete(root.resolve("sub"));

        changed(root);

        assertThat(paths()).containsExactly("");
        assertThat(committed()).isEqualTo(before + 1);
    }

    @Test
    void aFileMovedBetweenDirectoriesKeepsItsEntryWhicheverIsLookedAtFirst() throws IOException {
        write("z/a.txt", "one");
        write("b/other.txt", "two");
        addLocation();
        UUID entry = entryNamed("a.txt");

        Files.move(root.resolve("z/a.txt"), root.resolve("b/moved.txt"));
        watcher.change(root.resolve("b"));
        changed(root.resolve("z"));
        assertThat(entryNamed("moved.txt")).isEqualTo(entry);

        Files.move(root.resolve("b/moved.txt"), root.resolve("z/back.txt"));
        watcher.change(root.resolve("b"));
        changed(root.resolve("z"));
        assertThat(entryNamed("back.txt")).isEqualTo(entry);
        assertThat(paths()).containsExactly("", "/b", "/b/other.txt", "/z", "/z/back.txt");
    }

    @Test
    void aRenamedDirectoryKeepsItselfAndAllBelowIt() throws IOException {
        write("old/inside/a.txt", "one");
        addLocation();
        long before = committed();

        Files.move(root.resolve("old"), root.resolve("new"));
        changed(root);
        write("new/inside/b.txt", "");
        changed(root.resolve("new/inside"));

        assertThat(paths()).containsExactly("", "/new", "/new/inside", "/new/inside/a.txt", "/new/inside/b.txt");
        assertThat(committed()).isEqualTo(before + 2);
    }

    @Test
    void aHardLinkIsAnEntryOfItsOwn() throws IOException {
        write("a.txt", "one");
        addLocation();

        Files.createLink(root.resolve("b.txt"), root.resolve("a.txt"));
        changed(root);

        assertThat(paths()).containsExactly("", "/a.txt", "/b.txt");
    }

    @Test
    void aMissingRootDeletesNothingAndIsCountedOnce() throws IOException {
        write("a.txt", "one");
        addLocation();
        long before = committed();
        Path away = folder.resolve("away");
        Files.move(root, away);

        rescan();
        rescan();
        assertThat(committed()).isEqualTo(before);
        assertThat(device.snapshot().errors().getRecentErrors())
                .extracting(ErrorEvent::message)
                .containsExactly("location " + root + " is missing or cannot be read; its entries are kept");

        Files.move(away, root);
        rescan();
        assertThat(committed()).isEqualTo(before);
    }

    @Test
    void anEmptyMountPointInPlaceOfAFullRootDeletesNothing() throws IOException {
        write("a.txt", "one");
        addLocation();
        long before = committed();
        Files.move(root, folder.resolve("away"));
        Files.createDirectory(root);

        rescan();

        assertThat(committed()).isEqualTo(before);
    }

    @Test
    void anotherFileAtTheMountPointOfARootDeletesNothing() throws IOException {
        write("a.txt", "one");
        addLocation();
        UUID entry = entryNamed("files");
        long before = committed();
        String key = nowOnAnotherDisk(entry, root);
        Files.move(root.resolve("a.txt"), folder.resolve("away.txt"));
        write("left-by-mistake.txt", "two");

        rescan();
        rescan();

        assertThat(paths()).containsExactly("", "/a.txt");
        assertThat(committed()).isEqualTo(before);
        assertThat(errors()).containsExactly(diskMissingAt(root));

        rekey(entry, key);
        Files.delete(root.resolve("left-by-mistake.txt"));
        Files.move(folder.resolve("away.txt"), root.resolve("a.txt"));
        rescan();
        assertThat(committed()).isEqualTo(before);
        nowOnAnotherDisk(entry, root);
        Files.delete(root.resolve("a.txt"));
        rescan();
        assertThat(errors()).containsExactly(diskMissingAt(root), diskMissingAt(root));
    }

    @Test
    void aDiskTakenFromBelowTheRootDeletesNothingWhoeverNoticesIt() throws IOException {
        Path disk = Objects.requireNonNull(write("disk/a.txt", "one").getParent());
        write("disk/sub/b.txt", "two");
        addLocation();
        long before = committed();
        nowOnAnotherDisk(entryNamed("disk"), disk);
        nowOnAnotherDisk(entryNamed("sub"), disk.resolve("sub"));
        indexer.close();
        Files.move(disk, folder.resolve("away"));
        Files.createDirectory(disk);
        indexer = started();

        changed(disk);
        rescan();
        Files.delete(disk);
        changed(root);

        assertThat(paths()).containsExactly("", "/disk", "/disk/a.txt", "/disk/sub", "/disk/sub/b.txt");
        assertThat(committed()).isEqualTo(before);
        assertThat(errors()).containsExactly(diskMissingAt(disk));
    }

    @Test
    void aDiskThatCameBackUnderAnotherNumberIsLookedAtAsBefore() throws IOException {
        write("sub/a.txt", "one");
        write("sub/b.txt", "two");
        addLocation();
        long before = committed();
        nowOnAnotherDisk(entryNamed("files"), root);
        nowOnAnotherDisk(entryNamed("sub"), root.resolve("sub"));
        rescan();
        assertThat(committed()).isEqualTo(before);

        Files.delete(root.resolve("sub/a.txt"));
        Files.delete(root.resolve("sub/b.txt"));
        changed(root.resolve("sub"));

        assertThat(paths()).containsExactly("", "/sub");
        assertThat(errors()).isEmpty();
    }

    @Test
    void theDataFolderOfTheDeviceIsNeverLookedInto() throws IOException {
        write("a.txt", "one");
        join(indexer.addLocation(folder));
        long before = committed();

        rescan();
        watcher.change(folder.resolve("db"));
        changed(folder);

        assertThat(names()).containsExactly(folder.getFileName().toString(), "files", "a.txt");
        assertThat(committed()).isEqualTo(before);
        assertThatThrownBy(() -> join(indexer.addLocation(folder.resolve("db"))))
                .hasMessageContaining("db is where a device keeps its own data");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void namesThatAreNoTextStayApart() throws IOException {
        Files.createDirectory(bytesNamed("dir%FF/"));
        for (String name : List.of("x%FF.txt", "x%FE.txt", "dir%FF/y%FE.txt", "dir%FF/y%FD.txt")) {
            Files.writeString(bytesNamed(name), name);
        }
        addLocation();
        long before = committed();

        rescan();

        assertThat(committed()).isEqualTo(before);
        assertThat(paths())
                .containsExactly("", "/dir%FF", "/dir%FF/y%FD.txt", "/dir%FF/y%FE.txt", "/x%FE.txt", "/x%FF.txt");
    }

    @Test
    void aFileThatCouldNotBeReadIsTriedAgainAndWrittenOnceItCan() throws IOException {
        Path file = write("a.txt", "one");
        AtomicBoolean broken = new AtomicBoolean(true);
        indexer.close();
        indexer = started(task -> {
            if (broken.get()) {
                whileItIsALink(file, task);
            } else {
                task.run();
            }
        });
        addLocation();
        long before = committed();

        rescan();
        rescan();
        assertThat(committed()).isEqualTo(before);
        assertThat(errors()).singleElement(as(STRING)).startsWith("file " + file + " cannot be read: ");

        broken.set(false);
        rescan();
        assertThat(committed()).isEqualTo(before + 2);
        rescan();
        assertThat(committed()).isEqualTo(before + 2);
    }

    @Test
    void aDirectoryThatMayNotBeReadIsReportedEachTimeItBecomesSo() throws IOException {
        Path secret = Objects.requireNonNull(write("secret/a.txt", "one").getParent());
        addLocation();
        forbid(secret);
        assumeThat(Files.isReadable(secret)).isFalse();
        String error =
                "directory " + secret + " cannot be read: no permission; allow the user of this program to read it";

        rescan();
        rescan();
        assertThat(errors()).containsExactly(error);

        allow(secret);
        rescan();
        forbid(secret);
        rescan();
        allow(secret);
        assertThat(errors()).containsExactly(error, error);
        assertThat(paths()).containsExactly("", "/secret", "/secret/a.txt");
    }

    @Test
    void aRestartFindsWhatChangedMeanwhile() throws IOException {
        write("a.txt", "one");
        addLocation();
        indexer.close();
        write("b.txt", "two");
        Files.delete(root.resolve("a.txt"));

        indexer = started();

        assertThat(indexer.locations()).containsExactly(root);
        assertThat(paths()).containsExactly("", "/b.txt");
    }

    @Test
    void lostEventsMakeItLookAtEverything() throws IOException {
        write("sub/a.txt", "one");
        addLocation();
        write("sub/b.txt", "two");

        watcher.overflow(root);
        library.scheduler().runUntilIdle();

        assertThat(paths()).containsExactly("", "/sub", "/sub/a.txt", "/sub/b.txt");
    }

    @Test
    void strangeNamesAreKeptAsTheyAre() throws IOException {
        List<String> names = List.of("quote\"s'.txt", "new\nline.txt", "emoji 😀.txt", "x".repeat(255), " ", "tab\t");
        for (String name : names) {
            write(name, "");
        }

        addLocation();

        assertThat(paths())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of(""), names.stream().map(name -> "/" + name))
                                .toList());
    }

    @Test
    void aFileThatChangesOrVanishesWhileItIsReadWaitsForTheNextLook() throws IOException {
        Path file = write("growing.txt", "one");
        FileFacts seen = FileFacts.of(file);
        write("growing.txt", "one and more");

        assertThat(ContentHasher.identify(file, seen)).isEqualTo(new ContentHasher.Unsettled());
        Files.delete(file);
        assertThat(ContentHasher.identify(file, seen)).isEqualTo(new ContentHasher.Unsettled());
    }

    @Test
    void whatCannotBeALocationIsRefusedWithTheReason() throws IOException {
        Path file = write("a.txt", "one");
        addLocation();

        assertThatThrownBy(() -> join(indexer.addLocation(folder.resolve("nothing"))))
                .hasMessageContaining("nothing cannot be opened: java.nio.file.NoSuchFileException");
        assertThatThrownBy(() -> join(indexer.addLocation(file)))
                .hasMessageContaining("a.txt is not a directory; a location is one");
        assertThatThrownBy(() -> join(indexer.addLocation(folder)))
                .hasMessageContaining("overlaps the location " + root);
    }

    @Test
    void aLocationThatIsAskedForAtTheEndIsRefused() {
        var added = indexer.addLocation(root);
        indexer.close();
        library.scheduler().runUntilIdle();

        assertThat(added).isCompletedExceptionally();
        assertThat(indexer.addLocation(root)).isCompletedExceptionally();
    }

    @Test
    void aHugeDirectoryIsIndexedCompletely() throws IOException {
        for (int i = 0; i < 1_700; i++) {
            Files.createFile(root.resolve("f" + i));
        }

        addLocation();

        assertThat(committed()).isEqualTo(VOLUME_AND_LOCATION + 1 + 1_700);
    }

    @Test
    void aDirectoryThatIsToBeLookedAtTwiceIsLookedAtOnce() throws IOException {
        addLocation();
        write("new.txt", "");
        whileAnotherLocationIsLookedAt(() -> {
            indexer.rescan();
            indexer.rescan();
        });

        assertThat(files()).containsExactly("", "/new.txt");
    }

    @Test
    void aFullLookAndAChangeBelowItFindANewFileOnce() throws IOException {
        write("sub/old.txt", "");
        addLocation();
        write("sub/new.txt", "");
        watcher.change(root.resolve("sub"));
        library.scheduler().runUntilIdle();
        whileAnotherLocationIsLookedAt(() -> {
            library.clock().advance(DEBOUNCE);
            indexer.rescan();
        });

        assertThat(files()).containsExactly("", "/sub", "/sub/new.txt", "/sub/old.txt");
    }

    @Test
    void aFullLookThatMeetsANewLocationFindsItsFilesOnce() throws IOException {
        write("a.txt", "");

        var added = indexer.addLocation(root);
        indexer.rescan();
        join(added);

        assertThat(paths()).containsExactly("", "/a.txt");
    }

    @Test
    void aDirectoryIsAddedOnceHoweverOftenItIsAskedForAtOnce() {
        var first = indexer.addLocation(root);
        var second = indexer.addLocation(root);

        assertThat(join(first)).isEqualTo(root);
        assertThatThrownBy(() -> join(second)).hasMessageContaining("overlaps the location " + root);
    }

    @Test
    void aFileWrittenAnewUnderTheNameOfItsBackupsOriginalKeepsTheEntry() throws IOException {
        Path file = write("a.txt", "one");
        addLocation();
        UUID entry = entryNamed("a.txt");

        Files.move(file, root.resolve("b.txt"));
        write("a.txt", "one and more");
        changed(root);

        assertThat(paths()).containsExactly("", "/a.txt", "/b.txt");
        assertThat(entryNamed("a.txt")).isEqualTo(entry);
    }

    @Test
    void aDirectoryMadeAnewUnderTheNameOfAMovedOneIsLookedAt() throws IOException {
        write("logs/old.txt", "");
        addLocation();
        UUID file = entryNamed("old.txt");

        Files.move(root.resolve("logs"), root.resolve("archive"));
        write("logs/new.txt", "");
        changed(root);

        assertThat(paths()).containsExactly("", "/archive", "/archive/old.txt", "/logs", "/logs/new.txt");
        assertThat(entryNamed("old.txt")).isEqualTo(file);
    }

    @Test
    void aFileThatNeverSettlesHoldsUpNoOtherDirectory() throws IOException {
        Path growing = write("busy/growing.txt", "one");
        write("sub/old.txt", "");
        addLocation();
        Runnable grow = () -> append(growing);
        indexer.close();
        indexer = started(task -> {
            grow.run();
            task.run();
            grow.run();
        });
        grow.run();
        changed(root.resolve("busy"));
        write("sub/new.txt", "");

        changed(root.resolve("sub"));

        assertThat(paths()).contains("/sub/new.txt");
    }

    @Test
    void aReaderThatFailsIsAnErrorOfTheFileAndTheNextLookFindsIt() throws IOException {
        AtomicBoolean broken = new AtomicBoolean(true);
        indexer.close();
        indexer = started(task -> {
            if (broken.get()) {
                throw new RejectedExecutionException("no thread");
            }
            task.run();
        });
        write("a.txt", "one");
        addLocation();
        assertThat(device.snapshot().errors().getOtherErrors()).isEqualTo(1);

        broken.set(false);
        rescan();

        assertThat(paths()).containsExactly("", "/a.txt");
    }

    @Test
    void aLookThatCannotReadTheLibraryIsADatabaseErrorAndNotTheLast() throws IOException {
        addLocation();
        write("a.txt", "");
        indexer.close();
        AtomicBoolean broken = new AtomicBoolean();
        indexer = started(Runnable::run, new FailingStore(device.store(), broken));
        write("b.txt", "");
        broken.set(true);
        changed(root);
        assertThat(device.snapshot().errors().getDatabaseErrors()).isEqualTo(1);

        broken.set(false);
        library.scheduler().advance(Duration.ofSeconds(1));

        assertThat(paths()).containsExactly("", "/a.txt", "/b.txt");
    }

    @Test
    void aNewDirectoryThatCouldNotBeNotedIsFoundAnewThoughItChangesMeanwhile() throws IOException {
        addLocation();
        write("sub/a.txt", "");
        device.failAt(1);
        changed(root);
        assertThat(paths()).containsExactly("");
        write("sub/b.txt", "");
        changed(root.resolve("sub"));

        library.scheduler().advance(Duration.ofSeconds(1));

        assertThat(paths()).containsExactly("", "/sub", "/sub/a.txt", "/sub/b.txt");
    }

    @Test
    void aLocationIsNotAddedWhileTheLibraryCannotBeRead() {
        indexer.close();
        AtomicBoolean broken = new AtomicBoolean();
        indexer = started(Runnable::run, new FailingStore(device.store(), broken));
        broken.set(true);
        CompletableFuture<Path> added = indexer.addLocation(root);
        library.scheduler().runUntilIdle();
        assertThat(added).failsWithin(Duration.ZERO).withThrowableThat().withCauseInstanceOf(StoreException.class);
        assertThat(device.snapshot().errors().getDatabaseErrors()).isEqualTo(1);

        broken.set(false);
        addLocation();

        assertThat(paths()).containsExactly("");
    }

    @Test
    void aLibraryThatCannotBeReadIsTriedLessAndLessOftenUntilItCan() throws IOException {
        indexer.close();
        AtomicBoolean broken = new AtomicBoolean();
        indexer = started(Runnable::run, new FailingStore(device.store(), broken));
        addLocation();
        write("sub/a.txt", "");
        broken.set(true);
        changed(root);

        library.scheduler().advance(Duration.ofMinutes(5));
        assertThat(device.snapshot().errors().getDatabaseErrors()).isBetween(8L, 12L);

        broken.set(false);
        library.scheduler().advance(Duration.ofSeconds(64));
        assertThat(paths()).containsExactly("", "/sub", "/sub/a.txt");
    }

    @Test
    void aFileIsComparedWithItsEntryOnRequest() throws IOException {
        Path file = write("a.txt", "one");
        addLocation();
        UUID entry = uuidOf("a.txt");
        assertThat(look(file, entry).state()).isEqualTo(FileStanding.State.AS_INDEXED);

        append(file);
        FileStanding changed = look(file, entry);
        assertThat(changed.state()).isEqualTo(FileStanding.State.CHANGED);
        assertThat(changed.changedAtMillis())
                .isEqualTo(Files.getLastModifiedTime(file).toMillis());
        assertThat(changed.busy()).isFalse();
        assertThat(changed.nextLookMillis()).isEqualTo(300_000);

        Files.delete(file);
        assertThat(look(file, entry).state()).isEqualTo(FileStanding.State.VANISHED);
        rescan();
        assertThat(look(file, null).state()).isEqualTo(FileStanding.State.NOTHING);
    }

    @Test
    void aFileThatIsNotIndexedYetSaysWhetherSomebodyLooks() throws IOException {
        addLocation();
        Path file = write("a.txt", "one");
        assertThat(look(file, null).state()).isEqualTo(FileStanding.State.NOT_INDEXED);
        assertThat(look(file, null).busy()).isFalse();

        watcher.change(root);
        assertThat(look(file, null).busy()).isTrue();
    }

    @Test
    void aFileOutsideOfEveryLocationIsNotLookedAt() throws IOException {
        addLocation();
        Path file = Files.writeString(folder.resolve("other.txt"), "one");

        assertThat(look(file, null).state()).isEqualTo(FileStanding.State.NO_LOCATION);
    }

    @Test
    void whatStandsInTheWayOfAFileIsTold() throws IOException {
        Path file = write("sub/a.txt", "one");
        addLocation();
        UUID entry = uuidOf("sub/a.txt");
        Path away = folder.resolve("away");
        Files.move(root, away);
        FileStanding offline = look(file, entry);
        assertThat(offline.state()).isEqualTo(FileStanding.State.OFFLINE);
        assertThat(Objects.requireNonNull(offline.fault()).message())
                .isEqualTo("location " + root + " is missing or cannot be read; its entries are kept");

        Files.move(away, root);
        assertThat(look(file, entry).fault()).isNull();
    }

    @Test
    void anUnreadableFileKeepsItsFaultUntilItCanBeRead() throws IOException {
        Path file = write("a.txt", "one");
        AtomicBoolean broken = new AtomicBoolean(true);
        indexer.close();
        indexer = started(task -> {
            if (broken.get()) {
                whileItIsALink(file, task);
            } else {
                task.run();
            }
        });
        addLocation();
        FileStanding unreadable = look(file, uuidOf("a.txt"));
        assertThat(unreadable.state()).isEqualTo(FileStanding.State.AS_INDEXED);
        assertThat(Objects.requireNonNull(unreadable.fault()).message())
                .startsWith("file " + file + " cannot be read: ");

        broken.set(false);
        rescan();
        assertThat(look(file, uuidOf("a.txt")).fault()).isNull();
    }

    private FileStanding look(Path file, @Nullable UUID entry) {
        return join(indexer.look(file, entry));
    }

    private UUID uuidOf(String name) {
        return device.store()
                .read(store -> EntryPaths.entryAt(store, root + "/" + name))
                .orElseThrow();
    }

    private LibraryIndexer started() {
        return started(Runnable::run);
    }

    private LibraryIndexer started(Executor readers) {
        return started(readers, device.store());
    }

    private LibraryIndexer started(Executor readers, LibraryStore store) {
        LibraryIndexer made = new LibraryIndexer(new IndexerParts(
                device.id(),
                EngineConfig.defaults(),
                library.scheduler(),
                readers,
                watcher,
                store,
                device.engine(),
                library.uuids(),
                device.metrics().recorder(),
                folder.resolve("db")::equals));
        made.start();
        library.scheduler().runUntilIdle();
        return made;
    }

    private void addLocation() {
        join(indexer.addLocation(root));
    }

    private void rescan() {
        indexer.rescan();
        library.scheduler().runUntilIdle();
    }

    private <T> T join(CompletableFuture<T> future) {
        library.scheduler().runUntilIdle();
        return future.join();
    }

    private void changed(Path directory) {
        watcher.change(directory);
        library.scheduler().advance(DEBOUNCE);
    }

    private Path write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static void append(Path file) {
        try {
            Files.writeString(file, "more", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> errors() {
        return device.snapshot().errors().getRecentErrors().stream()
                .map(ErrorEvent::message)
                .toList();
    }

    private static String diskMissingAt(Path path) {
        return "the disk at " + path + " is missing; its entries are kept until it is back";
    }

    /** Makes the library remember the directory on a disk that has another number than its own; returns its true key. */
    private String nowOnAnotherDisk(UUID entry, Path directory) throws IOException {
        String key = String.valueOf(FileFacts.of(directory).fileKey());
        rekey(entry, key.replace("(dev=", "(dev=f"));
        return key;
    }

    private void rekey(UUID entry, String fileKey) {
        device.commit(List.of(new LocalChange.Rekey(entry, fileKey)));
    }

    private Path bytesNamed(String percentEncoded) {
        return Path.of(URI.create(root.toUri() + percentEncoded));
    }

    /** Reading follows no link, so the content of the file cannot be read. */
    private void whileItIsALink(Path file, Runnable task) {
        Path aside = folder.resolve("aside");
        try {
            Files.move(file, aside);
            Files.createSymbolicLink(file, aside);
            task.run();
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void forbid(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, Set.of());
    }

    private static void allow(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private long committed() {
        return device.snapshot().operations().getLocalChangesCommitted();
    }

    private UUID entryNamed(String name) {
        return device.store().read(reader -> reader.search(name, 1)).get(0).entry();
    }

    /** What is asked for now waits for that look, and is then done in one. */
    private void whileAnotherLocationIsLookedAt(Runnable asking) throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        var added = indexer.addLocation(other);
        library.runUntil(added::isDone);
        asking.run();
        library.scheduler().runUntilIdle();
        assertThat(added).isCompletedWithValue(other);
    }

    /** The paths in the first location. */
    private List<String> files() {
        return device.store().read(reader -> reader.search("", 10_000)).stream()
                .map(Stored.Found::path)
                .filter(path -> Path.of(path).startsWith(root))
                .map(path -> path.substring(root.toString().length()))
                .toList();
    }

    private List<String> names() {
        return device.store().read(reader -> reader.search("", 10_000)).stream()
                .map(found -> String.valueOf(Path.of(found.path()).getFileName()))
                .toList();
    }

    private List<String> paths() {
        return device.store().read(reader -> reader.search("", 10_000)).stream()
                .map(found -> found.path().substring(root.toString().length()))
                .toList();
    }

    /** A library that cannot be read while {@code broken}. */
    private record FailingStore(LibraryStore delegate, AtomicBoolean broken) implements LibraryStore {

        @Override
        public <T> T inTransaction(Function<LibraryTransaction, T> work) {
            return delegate.inTransaction(work);
        }

        @Override
        public <T> T read(Function<LibraryReader, T> work) {
            if (broken.get()) {
                throw new StoreException(StoreException.Kind.DATABASE, "the disk is gone", new IOException());
            }
            return delegate.read(work);
        }

        @Override
        public void close() {}
    }
}
