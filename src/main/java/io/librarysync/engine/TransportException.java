package io.librarysync.engine;

import java.io.Serial;

/** The transport cannot start; the message is one line that says what is in the way. */
public final class TransportException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public TransportException(String message, Throwable cause) {
        super(message, cause);
    }

    public TransportException(String message) {
        super(message);
    }
}
