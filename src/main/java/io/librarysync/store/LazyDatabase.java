package io.librarysync.store;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One connection that is opened when it is needed, and anew after it failed. One thread at a time uses it. */
final class LazyDatabase implements AutoCloseable {
    private final String name;
    private final Supplier<Database> opener;
    private @Nullable Database open;
    private boolean closed;

    LazyDatabase(String name, Supplier<Database> opener) {
        this.name = name;
        this.opener = opener;
    }

    synchronized <T> T use(Function<Database, T> work) {
        Database database = database();
        try {
            return work.apply(database);
        } catch (RuntimeException | Error e) {
            discard(database, e);
            throw e;
        }
    }

    private Database database() {
        if (closed) {
            throw new UnusableDataException(name + " is closed");
        }
        Database database = open == null ? opener.get() : open;
        open = database;
        return database;
    }

    private void discard(Database failed, Throwable cause) {
        open = null;
        try {
            failed.close();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
