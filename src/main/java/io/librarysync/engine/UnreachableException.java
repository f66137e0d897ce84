package io.librarysync.engine;

import java.io.Serial;

/** The peer is not up. */
public final class UnreachableException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    public UnreachableException(String message) {
        super(message);
    }
}
