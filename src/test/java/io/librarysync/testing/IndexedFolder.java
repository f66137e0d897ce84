package io.librarysync.testing;

import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.FileWatcher;
import io.librarysync.engine.IndexerParts;
import io.librarysync.engine.LibraryIndexer;
import io.librarysync.engine.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real directory that a device indexes while it runs, and what happens to the files in it, whether the device runs or
 * not. Of some of it the device is told at once; the rest it finds when it next looks at everything.
 */
final class IndexedFolder {
    private static final int NAMES = 1_000;
    private static final int CONTENTS = 5;
    private static final int TOLD_PERCENT = 70;
    private static final int MOST_FOUND = 100_000;

    private final Path root;
    private final TestLibrary library;
    private ManualWatcher watcher = new ManualWatcher();
    private @Nullable LibraryIndexer indexer;

    IndexedFolder(Path root, TestLibrary library) throws IOException {
        this.root = Files.createDirectory(root).toRealPath();
        this.library = library;
    }

    /** Whether it is files that such a thing happens to. */
    static boolean concerns(Happening.Kind kind) {
        return switch (kind) {
            case FILES, DIRECTORY, MOVE, RENAME_FILE, DELETE_FILE, CONTENT -> true;
            default -> false;
        };
    }

    /** A run of the device begins. */
    void indexBy(TestDevice device, EngineConfig config) {
        watcher = new ManualWatcher();
        LibraryIndexer next = new LibraryIndexer(parts(device, config, watcher));
        next.start();
        if (next.locations().isEmpty()) {
            var unused = next.addLocation(root);
        }
        indexer = next;
    }

    private IndexerParts parts(TestDevice device, EngineConfig config, FileWatcher own) {
        return new IndexerParts(
                device.id(),
                config,
                device.scheduler(),
                device.scheduler()::execute,
                own,
                device.engineStore(),
                device.engine(),
                library.uuids(),
                device.metrics().recorder(),
                path -> false);
    }

    /** The run of the device is about to end in good order. */
    void endRun() {
        LibraryIndexer current = indexer;
        if (current != null) {
            current.close();
        }
    }

    /** Looks at everything now, and adds the location where that failed before. */
    void lookAtEverything() {
        LibraryIndexer current = indexer;
        if (current != null && current.locations().isEmpty()) {
            var unused = current.addLocation(root);
        } else if (current != null) {
            current.rescan();
        }
    }

    void happen(Happening what, SplittableRandom random) {
        try {
            for (int i = 0; i < what.amount(); i++) {
                happenOnce(what.kind(), random);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void happenOnce(Happening.Kind kind, SplittableRandom random) throws IOException {
        switch (kind) {
            case FILES -> write(in(anyDirectory(random), "file", random), random.nextInt(CONTENTS), random);
            case CONTENT -> write(in(root, "content", random), random.nextInt(1, CONTENTS), random);
            case DIRECTORY -> addDirectory(anyDirectory(random), random);
            case MOVE -> move(anyFile(random), anyDirectory(random), random);
            case RENAME_FILE -> rename(anyFile(random), random);
            case DELETE_FILE -> delete(anyFile(random), random);
            default -> throw new AssertionError("nothing happens to files when " + kind);
        }
    }

    private void write(Path file, int size, SplittableRandom random) throws IOException {
        if (!Files.isDirectory(file)) {
            Files.writeString(file, "x".repeat(size));
            Files.setLastModifiedTime(file, FileTime.fromMillis(library.clock().millis()));
            tell(file, random);
        }
    }

    private void addDirectory(Path above, SplittableRandom random) throws IOException {
        Path directory = in(above, "directory", random);
        Files.createDirectories(directory);
        write(in(directory, "inside", random), random.nextInt(CONTENTS), random);
        tell(directory, random);
    }

    private void move(@Nullable Path file, Path directory, SplittableRandom random) throws IOException {
        Path target = in(directory, "moved", random);
        if (file != null && !target.startsWith(file) && Files.notExists(target)) {
            Files.move(file, target);
            tell(file, random);
            tell(target, random);
        }
    }

    private void rename(@Nullable Path file, SplittableRandom random) throws IOException {
        if (file != null) {
            move(file, aboveOf(file), random);
        }
    }

    private void delete(@Nullable Path file, SplittableRandom random) throws IOException {
        if (file != null) {
            List<Path> below = walked(file);
            Collections.reverse(below);
            for (Path each : below) {
                Files.delete(each);
            }
            tell(file, random);
        }
    }

    /** That something is new, changed or gone, or so it seems to the platform. */
    private void tell(Path file, SplittableRandom random) {
        if (random.nextInt(100) < TOLD_PERCENT) {
            watcher.change(aboveOf(file));
        }
    }

    private static Path aboveOf(Path file) {
        return Objects.requireNonNull(file.getParent());
    }

    private static Path in(Path directory, String name, SplittableRandom random) {
        return directory.resolve(name + random.nextInt(NAMES));
    }

    private Path anyDirectory(SplittableRandom random) throws IOException {
        List<Path> directories =
                walked(root).stream().filter(Files::isDirectory).toList();
        return directories.get(random.nextInt(directories.size()));
    }

    /** A file or directory; null if there is none. */
    private @Nullable Path anyFile(SplittableRandom random) throws IOException {
        List<Path> files = walked(root);
        files.remove(root);
        return files.isEmpty() ? null : files.get(random.nextInt(files.size()));
    }

    /** The directory itself and everything in it, in one order. */
    private static List<Path> walked(Path from) throws IOException {
        try (Stream<Path> found = Files.walk(from)) {
            return new ArrayList<>(
                    found.sorted(Comparator.comparing(Path::toString)).toList());
        }
    }

    /** Checks that a device knows exactly the files that are there. */
    void check(TestDevice device) {
        Findings findings = new Findings();
        findings.same(device.name() + " files of " + root.getFileName(), there(), foundBy(device));
        findings.demandNone();
    }

    private Set<String> there() {
        Set<String> paths = new TreeSet<>();
        try {
            walked(root).forEach(path -> paths.add(path.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return paths;
    }

    private Set<String> foundBy(TestDevice device) {
        Set<String> paths = new TreeSet<>();
        device.engine().search("", MOST_FOUND).stream()
                .map(Stored.Found::path)
                .filter(path -> Path.of(path).startsWith(root))
                .forEach(paths::add);
        return paths;
    }
}
