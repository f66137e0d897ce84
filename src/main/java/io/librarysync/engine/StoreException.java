package io.librarysync.engine;

import io.librarysync.domain.Fault;
import java.io.Serial;

/** The library's database refused a statement, or failed altogether. */
public final class StoreException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** How far the failure reaches. */
    public enum Kind {
        /** One record was refused: a constraint, a value that does not fit. Undoing the savepoint is enough. */
        CONSTRAINT,
        /** The database as a whole: disk, lock, corruption, a closed connection. The transaction is lost. */
        DATABASE
    }

    private final Kind kind;

    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The failure as an error to be counted: its kind in lower case, and the message. */
    public Fault fault() {
        return new Fault(kind == Kind.CONSTRAINT ? "constraint" : "database", String.valueOf(getMessage()));
    }
}
