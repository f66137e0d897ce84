package io.librarysync.testing;

import io.librarysync.engine.LibraryReader;
import io.librarysync.engine.LibraryStore;
import io.librarysync.engine.LibraryTransaction;
import io.librarysync.engine.StoreException;
import java.io.IOException;
import java.util.function.Function;

/** A library on a disk that is full once, when told so: everything a transaction wrote is undone when it should be kept. */
final class FailingStore implements LibraryStore {
    private final LibraryStore store;
    private int untilFailure;
    private int failures;

    FailingStore(LibraryStore store) {
        this.store = store;
    }

    /** The transaction that is so many from now fails, 1 being the next; 0 takes back what was told before. */
    void failAt(int transaction) {
        untilFailure = transaction;
    }

    /** How many failed. */
    int failures() {
        return failures;
    }

    @Override
    public <T> T inTransaction(Function<LibraryTransaction, T> work) {
        return store.inTransaction(library -> {
            T result = work.apply(library);
            failIfDue();
            return result;
        });
    }

    private void failIfDue() {
        if (untilFailure > 0 && --untilFailure == 0) {
            failures++;
            throw new StoreException(
                    StoreException.Kind.DATABASE, "the disk is full", new IOException("No space left on device"));
        }
    }

    @Override
    public <T> T read(Function<LibraryReader, T> work) {
        return store.read(work);
    }

    @Override
    public void close() {
        store.close();
    }
}
