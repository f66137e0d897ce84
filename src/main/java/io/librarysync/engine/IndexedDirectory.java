package io.librarysync.engine;

import java.nio.file.Path;
import java.util.UUID;

/**
 * A directory to be looked at.
 *
 * @param entry the entry that stands for it
 * @param deep whether to look at everything below it too
 * @param fresh whether its entry is new, so that nothing below it can be known
 */
record IndexedDirectory(UUID location, UUID entry, Path path, boolean deep, boolean fresh) {

    /** One look that does for both; {@code later} is the same directory. */
    IndexedDirectory and(IndexedDirectory later) {
        return new IndexedDirectory(location, entry, later.path, deep || later.deep, fresh || later.fresh);
    }
}
