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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link WatchService}, read by one thread of its own. */
final class SystemFileWatcher implements FileWatcher {
    private static final Logger LOG = LoggerFactory.getLogger(SystemFileWatcher.class);

    private final WatchService service;

    /** A directory that was renamed keeps its key, which goes on naming the old path; the path watched last counts. */
    private final Map<WatchKey, Path> paths = new ConcurrentHashMap<>();

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
        paths.put(directory.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY), directory);
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

    private void tell(WatchKey key, Listener listener) {
        Path directory = paths.getOrDefault(key, (Path) key.watchable());
        boolean overflow = key.pollEvents().stream().anyMatch(event -> event.kind() == OVERFLOW);
        if (!key.reset()) {
            paths.remove(key);
        }
        if (overflow) {
            listener.overflowed(directory);
        } else {
            listener.changed(directory);
        }
    }
}
