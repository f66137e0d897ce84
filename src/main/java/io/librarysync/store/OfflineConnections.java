package io.librarysync.store;

import java.util.function.Function;

/** The file of a device that does not run, for reading only. */
final class OfflineConnections implements MetricsConnections {
    private final DatabaseFile file;
    private final LazyDatabase reader;

    OfflineConnections(DatabaseFile file) {
        this.file = file;
        this.reader = new LazyDatabase(name(), file::openOffline);
    }

    @Override
    public String name() {
        return file.path().toString();
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public <T> T write(Function<Database, T> work) {
        throw new UnusableDataException(file.path() + " was opened for reading only");
    }

    @Override
    public <T> T read(Function<Database, T> work) {
        return reader.use(database -> database.read(() -> work.apply(database)));
    }

    @Override
    public void close() {
        reader.close();
    }
}
