package io.librarysync.store;

import java.util.function.Function;

/** How the database of a history is reached: it is opened when it is needed, and again after it was lost. */
interface MetricsConnections extends AutoCloseable {

    /** The file or the server, as people know it; no secret is in it. */
    String name();

    /** Whether writing is refused. */
    boolean isReadOnly();

    /** Runs {@code work} as one transaction. */
    <T> T write(Function<Database, T> work);

    /** Runs {@code work} on one unchanging state, without waiting for whoever writes. */
    <T> T read(Function<Database, T> work);

    @Override
    void close();
}
