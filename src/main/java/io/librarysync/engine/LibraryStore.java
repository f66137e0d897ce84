package io.librarysync.engine;

import java.util.function.Function;

/**
 * The port to {@code library.db}: everything that must change together with a record, in one database. There is one writer
 * connection, confined to the engine's scheduler; readers may come from any thread and never wait for the writer.
 * Statements are derived from {@link LibraryModels}. A failure is a {@link StoreException}.
 *
 * <p>Each statement is timed by the {@link StatementTimer} that the implementation is given.
 */
public interface LibraryStore extends AutoCloseable {

    /**
     * Runs {@code work} in one transaction on the writer connection. It is committed, durably, when {@code work} returns and
     * rolled back when it throws; a failed commit is a {@link StoreException} of kind DATABASE. Transactions do not nest.
     */
    <T> T inTransaction(Function<LibraryTransaction, T> work);

    /** Runs {@code work} against one consistent state of the library; from any thread. */
    <T> T read(Function<LibraryReader, T> work);

    /** Closes all connections; a transaction that runs is waited for. */
    @Override
    void close();

    /** Times statements: {@code started()} before each, {@code ended(started)} after it, however it ended. */
    interface StatementTimer {

        long started();

        void ended(long started);
    }
}
