package io.librarysync.metrics;

import java.io.Serial;

/** A peer or a model that is not known, or an ambiguous one; the message lists the known. */
public final class UnknownLabelException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnknownLabelException(String message) {
        super(message);
    }
}
