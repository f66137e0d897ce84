package io.librarysync.app;

import io.librarysync.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What a device finds in its folder, or puts there at its first start. */
record DeviceFolder(Path path) {
    private static final String LIBRARY = "library.db";
    private static final String METRICS = "metrics.db";

    Path library() {
        return path.resolve(LIBRARY);
    }

    Path metrics() {
        return path.resolve(METRICS);
    }

    /** Who the device is, with the names that it has now. A library id that is there already stays. */
    Identity identity(NodeConfig config, Optional<Secret> secret, Supplier<UUID> uuids) {
        Optional<Identity> known = Identity.read(path);
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
            throw CommandFailure.couldNot(
                    "%s: cannot be written: %s".formatted(path.resolve(Identity.FILE), e.getMessage()));
        }
    }

    /** Refuses a location that cannot be indexed now, before anything is started. */
    static void checkLocation(Path location) {
        if (!canBeIndexed(location)) {
            throw CommandFailure.couldNot(cannotBeIndexed(location));
        }
    }

    static boolean canBeIndexed(Path location) {
        return Files.isDirectory(location) && Files.isReadable(location);
    }

    static String cannotBeIndexed(Path location) {
        return "location: %s is no directory that can be read".formatted(location);
    }
}
