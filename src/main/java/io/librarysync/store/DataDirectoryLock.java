package io.librarysync.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Holds a data directory for one device. It ends with {@link #close()} or with the process, however that ends. */
public final class DataDirectoryLock implements AutoCloseable {
    private static final String FILE = "lock";

    private final FileChannel channel;

    private DataDirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Creates {@code directory} if it is missing and takes it, or fails with {@link UnusableDataException}. */
    public static DataDirectoryLock acquire(Path directory) {
        try {
            Files.createDirectories(directory);
            return lock(directory);
        } catch (IOException e) {
            throw new UnusableDataException("cannot use data directory " + directory + ": " + e, e);
        }
    }

    private static DataDirectoryLock lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new UnusableDataException("data directory " + directory
                    + " is in use by another process; stop that one or choose another directory");
        }
        return new DataDirectoryLock(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UnusableDataException("cannot release a data directory: " + e, e);
        }
    }
}
