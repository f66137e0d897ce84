package io.librarysync.store;

import java.util.function.Function;

/** A file with one connection that writes and one that reads. */
final class FileConnections implements MetricsConnections {
    private final DatabaseFile file;
    private final LazyDatabase writer;
    private final LazyDatabase reader;
    private volatile boolean migrated;

    FileConnections(DatabaseFile file) {
        this.file = file;
        this.writer = new LazyDatabase(name(), this::openWriter);
        this.reader = new LazyDatabase(name(), () -> file.openForReading(Untimed.INSTANCE));
    }

    @Override
    public String name() {
        return file.path().toString();
    }

    private Database openWriter() {
        Database database = file.open(Untimed.INSTANCE);
        migrated = true;
        return database;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public <T> T write(Function<Database, T> work) {
        return writer.use(database -> database.write(() -> work.apply(database)));
    }

    @Override
    public <T> T read(Function<Database, T> work) {
        if (!migrated) {
            writer.use(database -> migrated);
        }
        return reader.use(database -> database.read(() -> work.apply(database)));
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }
}
