package io.librarysync.store;

import java.io.Serial;
import java.sql.SQLException;

/** A row is there but cannot be read as a record of its model. */
final class UnreadableRecordException extends SQLException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnreadableRecordException(String problem) {
        super(problem);
    }
}
