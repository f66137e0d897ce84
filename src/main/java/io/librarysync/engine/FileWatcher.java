package io.librarysync.engine;

import java.io.IOException;
import java.nio.file.Path;

/** Tells which directories may have changed. What it says is a hint: looking at the directory decides. */
public interface FileWatcher extends AutoCloseable {

    /** Begins to tell; once, before the first directory is watched. */
    void start(Listener listener);

    /** Watches a directory, not what is below it; watching it again does nothing. */
    void watch(Path directory) throws IOException;

    @Override
    void close();

    /** The watcher of this platform. */
    static FileWatcher system() throws IOException {
        return new SystemFileWatcher();
    }

    /** What a watcher tells; the methods return at once. */
    interface Listener {

        /** Something in {@code directory} was made, changed, renamed or deleted. */
        void changed(Path directory);

        /** Events of {@code directory} were lost. */
        void overflowed(Path directory);
    }
}
