package io.librarysync.engine;

import io.librarysync.domain.Fault;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A payload is no message of this protocol. */
final class MalformedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    MalformedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    Fault fault() {
        return new Fault("malformed", String.valueOf(getMessage()));
    }
}
