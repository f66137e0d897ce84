package io.librarysync.history;

import java.io.Serial;

/** A question about a time before anything was recorded. */
public final class NothingKnownException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    NothingKnownException(String message) {
        super(message);
    }
}
