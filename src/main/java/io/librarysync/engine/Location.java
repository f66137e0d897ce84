package io.librarysync.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A directory that this device indexes, with all that is below it. */
record Location(UUID uuid, Path path, UUID rootEntry) {

    IndexedDirectory root(boolean fresh) {
        return new IndexedDirectory(uuid, rootEntry, path, null, true, fresh);
    }

    /** Whether its root is there and can be read; if not it is offline, and nothing about it may be concluded. */
    boolean isOnline() {
        return Files.isDirectory(path) && Files.isReadable(path);
    }
}
