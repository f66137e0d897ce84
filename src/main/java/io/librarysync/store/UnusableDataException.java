package io.librarysync.store;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The files of a device cannot be used: in use, corrupt, newer than this program or not writable. The message is one line that names the file. */
public final class UnusableDataException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnusableDataException(String message) {
        this(message, null);
    }

    UnusableDataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
