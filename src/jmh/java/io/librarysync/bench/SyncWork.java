package io.librarysync.bench;

import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.LibraryModels;
import io.librarysync.testing.Invariants;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two whole devices, with real databases, in one process and on one thread, that make new files and bring them to each
 * other.
 */
public final class SyncWork implements AutoCloseable {
    private static final int TRANSACTION = 100;
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final Path directory;
    private final TestLibrary library;
    private final TestDevice one;
    private final TestDevice other;
    private int rounds;

    private SyncWork(Path directory, TestLibrary library) {
        this.directory = directory;
        this.library = library;
        this.one = library.start("one");
        this.other = library.start("other");
    }

    /**
     * Two devices that know each other and have no file yet.
     *
     * @param recorded whether their metrics are on
     */
    public static SyncWork begin(boolean recorded) throws IOException {
        Path directory = Files.createTempDirectory("sync-work");
        SyncWork work = new SyncWork(directory, new TestLibrary(directory, EngineConfig.defaults(), recorded));
        work.library.connect(work.one, work.other);
        work.one.addLocation();
        work.other.addLocation();
        work.library.settle();
        return work;
    }

    public TestDevice one() {
        return one;
    }

    public TestDevice other() {
        return other;
    }

    /** How many changes were made so far. */
    public int changes() {
        return 2 * TRANSACTION * rounds;
    }

    /** Each device makes some files, and there is time for the other one to get them. */
    public void round() {
        for (TestDevice device : List.of(one, other)) {
            device.commit(device.files(rounds * TRANSACTION, TRANSACTION));
        }
        library.scheduler().advance(BETWEEN);
        rounds++;
    }

    /** Brings to an end what is under way. */
    public void settle() {
        library.settle();
    }

    /** Fails unless each device has every file of both, and what was recorded balances. */
    public void check() {
        int entries = rounds * TRANSACTION + 1;
        for (TestDevice owner : List.of(one, other)) {
            for (TestDevice holder : List.of(one, other)) {
                int found = holder.store().read(reader -> reader.owned(LibraryModels.ENTRY, owner.id())
                        .size());
                require(found == entries, holder.name() + " has " + found + " entries of " + owner.name());
            }
        }
        if (one.metrics().isEnabled()) {
            Invariants.check(library);
            long broadcast = one.snapshot().operations().getBroadcastsSent();
            require(
                    broadcast == other.snapshot().operations().getChangesApplied(),
                    "other did not apply each of the " + broadcast + " changes of one once");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** Stops both, and leaves nothing behind. */
    @Override
    public void close() throws IOException {
        library.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(SyncWork::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
