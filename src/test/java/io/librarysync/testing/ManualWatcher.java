package io.librarysync.testing;

import io.librarysync.engine.FileWatcher;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** A file watcher that tells what the test makes it tell, of the directories it was asked to watch. */
public final class ManualWatcher implements FileWatcher {
    private final Set<Path> watched = new HashSet<>();
    private Listener listener = new Listener() {
        @Override
        public void changed(Path directory) {}

        @Override
        public void overflowed(Path directory) {}
    };

    @Override
    public void start(Listener toTell) {
        listener = toTell;
    }

    @Override
    public void watch(Path directory) {
        watched.add(directory);
    }

    @Override
    public void close() {
        watched.clear();
    }

    /** Tells of a change, as the platform would: only where the directory is watched. */
    public void change(Path directory) {
        if (watched.contains(directory)) {
            listener.changed(directory);
        }
    }

    public void overflow(Path directory) {
        listener.overflowed(directory);
    }
}
