package io.librarysync.engine;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link WatchService}, read by one thread of its own. */
final class SystemFileWatcher implements FileWatcher {
    private static final Logger LOG = LoggerFactory.getLogger(SystemFileWatcher.class);

    private final WatchService service;

    SystemFileWatcher() throws IOException {
        service = FileSystems.getDefault().newWatchService();
    }

    @Override
    public void start(Listener listener) {
        Thread reader = new Thread(() -> readUntilClosed(listener), "file-watcher");
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public void watch(Path directory) throws IOException {
        directory.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            LOG.warn("the file watcher could not be closed: {}", e.getMessage());
        }
    }

    private void readUntilClosed(Listener listener) {
        try {
            while (true) {
                tell(service.take(), listener);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ClosedWatchServiceException e) {
            LOG.debug("the file watcher was closed");
        }
    }

    private static void tell(WatchKey key, Listener listener) {
        Path directory = (Path) key.watchable();
        boolean overflow = key.pollEvents().stream().anyMatch(event -> event.kind() == OVERFLOW);
        key.reset();
        if (overflow) {
            listener.overflowed(directory);
        } else {
            listener.changed(directory);
        }
    }
}
