package io.librarysync.store;

import io.librarysync.domain.ModelType;
import io.librarysync.engine.LibraryReader;
import io.librarysync.engine.LibraryStore;
import io.librarysync.engine.LibraryTransaction;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A library in {@code library.db}. One connection writes; each thread that reads at the same time as others has a
 * connection of its own, which sees the library as it was when it began and never waits for the writer.
 */
public final class SqliteLibraryStore implements LibraryStore {
    private final DatabaseFile file;
    private final StatementTimer timer;
    private final Database writer;
    private final LibraryWrites writes;
    private final Deque<Database> idleReaders = new ConcurrentLinkedDeque<>();

    /** Shared by all who use a connection, exclusive for the one who closes them. */
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();

    private boolean closed;

    private SqliteLibraryStore(DatabaseFile file, StatementTimer timer) {
        this.file = file;
        this.timer = timer;
        this.writer = file.open(timer);
        this.writes = new LibraryWrites(writer);
    }

    /** Opens or creates the file, or fails with {@link UnusableDataException}; a file from a newer program is not touched. */
    public static SqliteLibraryStore open(Path path, StatementTimer timer) {
        return new SqliteLibraryStore(DatabaseFile.ofLibrary(path), timer);
    }

    @Override
    public <T> T inTransaction(Function<LibraryTransaction, T> work) {
        return whileOpen(() -> {
            synchronized (writer) {
                return writer.write(() -> work.apply(writes));
            }
        });
    }

    @Override
    public <T> T read(Function<LibraryReader, T> work) {
        return reading(database -> work.apply(new LibraryReads(database)));
    }

    /** As {@link LibraryReader#contentDigests()}. */
    public Map<ModelType, String> contentDigests() {
        return read(LibraryReader::contentDigests);
    }

    private <T> T reading(Function<Database, T> work) {
        return whileOpen(() -> {
            Database database = idleReader();
            try {
                return database.read(() -> work.apply(database));
            } finally {
                idleReaders.push(database);
            }
        });
    }

    private Database idleReader() {
        Database idle = idleReaders.poll();
        return idle == null ? file.openForReading(timer) : idle;
    }

    private <T> T whileOpen(Supplier<T> work) {
        inUse.readLock().lock();
        try {
            if (closed) {
                throw SqlFailures.translate(new SQLException(file.path() + " is closed"));
            }
            return work.get();
        } finally {
            inUse.readLock().unlock();
        }
    }

    @Override
    public void close() {
        inUse.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                idleReaders.forEach(Database::close);
                writer.close();
            }
        } finally {
            inUse.writeLock().unlock();
        }
    }
}
