package io.librarysync.domain;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of this device beside its entry in the library.
 *
 * @param changedAtMillis when the file was last changed; null for anything but a regular file that is there
 * @param fault what stands in the way, or is wrong although it is indexed; null if nothing is
 * @param busy whether directories are looked at just now, or wait for it
 * @param nextLookMillis from now, at the latest
 */
public record FileStanding(
        String path,
        State state,
        @Nullable Long changedAtMillis,
        @Nullable Fault fault,
        boolean busy,
        long nextLookMillis) {

    /** How file and entry differ. */
    public enum State implements Labelled {
        /** The entry says what the file is. */
        AS_INDEXED,
        /** No location of this device holds the path. */
        NO_LOCATION,
        /** It is in the folder of a device, which is never indexed. */
        LEFT_OUT,
        /** Its location is away; nothing may be concluded. */
        OFFLINE,
        /** It is there and has no entry. */
        NOT_INDEXED,
        /** It is not what the entry says. */
        CHANGED,
        /** Its entry is there and it is not. */
        VANISHED,
        /** There is neither file nor entry. */
        NOTHING,
        /** It cannot be read, nor can be said what it is. */
        UNREADABLE;

        private final String label = name().toLowerCase(Locale.ROOT);

        @Override
        public String label() {
            return label;
        }
    }
}
