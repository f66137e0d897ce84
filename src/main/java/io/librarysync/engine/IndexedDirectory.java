package io.librarysync.engine;

import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A directory to be looked at.
 *
 * @param entry the entry that stands for it
 * @param fileKey what its file system called it when its entry was written; null if that is not known
 * @param deep whether to look at everything below it too
 * @param fresh whether its entry is new, so that nothing below it can be known
 */
record IndexedDirectory(UUID location, UUID entry, Path path, @Nullable String fileKey, boolean deep, boolean fresh) {

    /** One look that does for both; {@code later} is the same directory. */
    IndexedDirectory and(IndexedDirectory later) {
        return new IndexedDirectory(
                location, entry, later.path, later.fileKey, deep || later.deep, fresh || later.fresh);
    }

    IndexedDirectory withKey(String now) {
        return new IndexedDirectory(location, entry, path, now, deep, fresh);
    }

    /** The same after a change in it alone. */
    IndexedDirectory shallow() {
        return new IndexedDirectory(location, entry, path, fileKey, false, false);
    }

    /** The same after a look that may have noted some of what is below it, new directories without what is in them. */
    IndexedDirectory again() {
        return new IndexedDirectory(location, entry, path, fileKey, true, false);
    }
}
