package io.librarysync.app;

import io.librarysync.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a device finds in its folder, or puts there at its first start. */
record DeviceFolder(Path path) {
    private static final String LIBRARY = "library.db";
    private static final String METRICS = "metrics.db";
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** Whether a directory is what a device, this one or another, keeps its files in. */
    static boolean isOne(Path directory) {
        return Files.isRegularFile(directory.resolve(Identity.FILE)) && Files.isRegularFile(directory.resolve(LIBRARY));
    }

    Path library() {
        return path.resolve(LIBRARY);
    }

    Path metrics() {
        return path.resolve(METRICS);
    }

    /** What a first start makes here and a later one relies on. */
    Stream<Path> keptFiles() {
        return Stream.concat(Stream.of(path.resolve(Identity.FILE)), databases());
    }

    private Stream<Path> databases() {
        return Stream.of(LIBRARY, METRICS)
                .flatMap(name -> Stream.of(name, name + "-wal", name + "-shm"))
                .map(path::resolve);
    }

    /** Makes the folder, for the eyes of its owner only, unless it is there. */
    void create() {
        try {
            if (!Files.exists(path)) {
                createPrivate(path.toAbsolutePath());
            }
        } catch (IOException e) {
            throw CommandFailure.ofFile(path, "cannot be made", e);
        }
        if (!Files.isDirectory(path) || !Files.isWritable(path)) {
            throw CommandFailure.couldNot(
                    "%s: is no folder that can be written; use the account that owns it, or another --data folder"
                            .formatted(path));
        }
    }

    private static void createPrivate(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectory(folder, posix ? new FileAttribute<?>[] {OWNER_ONLY} : new FileAttribute<?>[0]);
    }

    /** Who the device is; empty before its first start. Without it the library would become that of another device. */
    Optional<Identity> known() {
        Optional<Identity> known = Identity.read(path);
        if (known.isEmpty() && Files.exists(library())) {
            throw CommandFailure.couldNot(
                    "%s: is missing, though %s is there; put it back from a copy, or start with a new --data folder"
                            .formatted(path.resolve(Identity.FILE), LIBRARY));
        }
        return known;
    }

    /** Who the device is, with the names that it has now. A library id that is there already stays. */
    Identity identity(NodeConfig config, Optional<Secret> secret, Supplier<UUID> uuids) {
        Optional<Identity> known = known();
        Identity now = known.map(identity -> identity.named(config.name(), config.libraryName()))
                .orElseGet(() -> new Identity(
                        uuids.get(),
                        config.name(),
                        secret.map(text -> text.libraryId(config.libraryName())).orElseGet(uuids),
                        config.libraryName()));
        if (!known.equals(Optional.of(now))) {
            write(now);
        }
        return now;
    }

    private void write(Identity identity) {
        try {
            identity.write(path);
        } catch (IOException e) {
            throw CommandFailure.ofFile(path.resolve(Identity.FILE), "cannot be written", e);
        }
    }

    /** Refuses a directory that cannot be indexed now, and one of our own, which changes whenever we look. */
    void checkLocation(Path location) {
        if (!Files.isDirectory(location) || !Files.isReadable(location)) {
            throw new IllegalArgumentException("location: %s is no directory that can be read".formatted(location));
        }
        if (real(location).startsWith(real(path))) {
            throw new IllegalArgumentException(
                    "location: %s is in the folder of the device itself, %s; choose another directory"
                            .formatted(location, path));
        }
    }

    /** A path without links, as far as it exists. */
    static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            Path parent = path.getParent();
            return parent == null ? path : real(parent).resolve(parent.relativize(path));
        }
    }
}
