package io.librarysync.instrument;

import java.io.Serial;

/** A metric was asked for by a dimension that it is not kept by. */
final class NotSplitException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    NotSplitException(String dimension) {
        super("not kept by " + dimension, null, false, false);
    }
}
