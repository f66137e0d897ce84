package io.librarysync.testing;

import io.librarysync.engine.LibraryReader;
import io.librarysync.engine.LibraryStore;
import io.librarysync.engine.LibraryTransaction;
import io.librarysync.engine.StoreException;
import java.io.IOException;
import java.util.function.Function;

/**
 * A library on a disk that fails once, when told so. A full one undoes what a transaction wrote when it should be kept; one
 * that cannot be read gives nothing.
 */
final class FailingStore implements LibraryStore {
    /** How the message of each failure ends. */
    static final String DEMANDED = ", as the test demands";

    private final LibraryStore store;
    private final Fuse full = new Fuse("the disk is full", "No space left on device");
    private final Fuse unreadable = new Fuse("the disk cannot be read", "Input/output error");

    FailingStore(LibraryStore store) {
        this.store = store;
    }

    /** The transaction that is so many from now fails, 1 being the next; 0 takes back what was told before. */
    void failAt(int transaction) {
        full.set(transaction);
    }

    /** The same of reads outside of transactions. */
    void failReadAt(int read) {
        unreadable.set(read);
    }

    /** How many transactions and reads failed. */
    int failures() {
        return full.failures + unreadable.failures;
    }

    @Override
    public <T> T inTransaction(Function<LibraryTransaction, T> work) {
        return store.inTransaction(library -> {
            T result = work.apply(library);
            full.failIfDue();
            return result;
        });
    }

    @Override
    public <T> T read(Function<LibraryReader, T> work) {
        unreadable.failIfDue();
        return store.read(work);
    }

    @Override
    public void close() {
        store.close();
    }

    /** Fails once, after as many tries as it is set to. */
    private static final class Fuse {
        private final String message;
        private final String cause;
        private int untilFailure;
        private int failures;

        Fuse(String message, String cause) {
            this.message = message;
            this.cause = cause;
        }

        void set(int tries) {
            untilFailure = tries;
        }

        void failIfDue() {
            if (untilFailure > 0 && --untilFailure == 0) {
                failures++;
                throw new StoreException(StoreException.Kind.DATABASE, message + DEMANDED, new IOException(cause));
            }
        }
    }
}
