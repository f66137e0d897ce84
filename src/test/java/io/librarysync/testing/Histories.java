package io.librarysync.testing;

import io.librarysync.domain.ModelType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lets histories come true, each in a directory of its own, and makes one that fails short enough to be read. */
public final class Histories {
    private final Path directory;
    private int runs;

    public Histories(Path directory) {
        this.directory = directory;
    }

    /** Fails with the shortest history found, as a list, and with what it broke. */
    public void run(long seed) {
        History history = History.of(seed);
        if (failure(history) == null) {
            return;
        }
        History shortest = Shrinker.shrink(history, each -> failure(each) != null);
        Throwable why = failure(shortest);
        throw new AssertionError(shortest + "\nbroke\n" + (why == null ? "nothing" : why.getMessage()), why);
    }

    /** The digests of the content that all devices of a history end with. */
    public Map<ModelType, String> contentOf(long seed, boolean recorded) {
        return inOwnDirectory(own -> HistoryRun.digestsOf(History.of(seed).withoutDirectories(), own, recorded));
    }

    /** What is wrong with a history; null if nothing is. */
    private @Nullable Throwable failure(History history) {
        try {
            inOwnDirectory(own -> HistoryRun.digestsOf(history, own, true));
            return null;
        } catch (AssertionError | RuntimeException e) {
            return e;
        }
    }

    private <T> T inOwnDirectory(Function<Path, T> work) {
        Path own = directory.resolve("history-" + runs++);
        try {
            Files.createDirectory(own);
            return work.apply(own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(own);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
