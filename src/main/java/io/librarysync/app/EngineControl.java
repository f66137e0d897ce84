package io.librarysync.app;

import io.librarysync.engine.LibraryIndexer;
import io.librarysync.engine.Stored;
import io.librarysync.engine.SyncEngine;
import io.librarysync.jmx.SyncControl;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What can be asked of the running engine, by bean, HTTP or command line. */
final class EngineControl implements SyncControl {
    private static final int FOUND_AT_MOST = 1_000_000;

    private final DeviceFolder folder;
    private final SyncEngine engine;
    private final LibraryIndexer indexer;

    EngineControl(DeviceFolder folder, SyncEngine engine, LibraryIndexer indexer) {
        this.folder = folder;
        this.engine = engine;
        this.indexer = indexer;
    }

    @Override
    public void pause() {
        await(engine.pause());
    }

    @Override
    public void resume() {
        await(engine.resume());
    }

    @Override
    public String addLocation(String path) {
        folder.checkLocation(Path.of(path));
        return await(indexer.addLocation(Path.of(path))).toString();
    }

    /** Refuses a directory that is no location yet and cannot become one. */
    void checkLocation(Path directory) {
        if (!isLocation(directory)) {
            folder.checkLocation(directory);
        }
    }

    /** Adds a directory unless it is a location already, as it is at every start but the first, there or not. */
    void keepLocation(Path directory) {
        if (!isLocation(directory)) {
            addLocation(directory.toString());
        }
    }

    private boolean isLocation(Path directory) {
        return indexer.locations().contains(DeviceFolder.real(directory));
    }

    @Override
    public List<String> listLocations() {
        return indexer.locations().stream().map(Path::toString).toList();
    }

    @Override
    public void addTag(String name, String[] paths) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("tag: needs a name");
        }
        await(engine.addTag(name, List.of(paths)));
    }

    @Override
    public List<String> search(String text) {
        return engine.search(text, FOUND_AT_MOST).stream()
                .map(Stored.Found::path)
                .toList();
    }

    /** Waits, and fails as the work did, not as a future does. */
    private static <T> T await(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
