package io.librarysync.history;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A snapshot or an epoch could not be kept or read; the message is one line. */
public final class SnapshotStoreException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public SnapshotStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
