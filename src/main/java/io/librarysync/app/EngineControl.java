package io.librarysync.app;

import io.librarysync.domain.EventLogAnswer;
import io.librarysync.domain.FileStanding;
import io.librarysync.domain.RecordStanding;
import io.librarysync.domain.RecordWhereabouts;
import io.librarysync.engine.LibraryIndexer;
import io.librarysync.engine.Stored;
import io.librarysync.engine.SyncEngine;
import io.librarysync.events.EventExchange;
import io.librarysync.events.EventQuery;
import io.librarysync.insight.Why;
import io.librarysync.jmx.SyncControl;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be asked of the running engine, by bean, HTTP or command line. */
final class EngineControl implements SyncControl, NodeStatus.Inquiry {
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

    @Override
    public String why(String of) {
        return why(of, ZoneId.systemDefault()).json().toString();
    }

    @Override
    public Why why(String of, ZoneId zone) {
        Optional<Path> own = ownPlace(of);
        RecordWhereabouts where = await(engine.whereabouts(
                own.map(Path::toString).orElseGet(() -> isPath(of) ? normal(of).toString() : of)));
        return Why.of(where, file(where, own), zone);
    }

    @Override
    public List<EventLogAnswer> eventsOfPeers(EventQuery query) {
        return await(engine.eventsOfPeers(EventExchange.asked(query)));
    }

    /** The file that is meant; null if none of this device is. */
    private @Nullable FileStanding file(RecordWhereabouts where, Optional<Path> own) {
        RecordStanding standing = where.self().standing();
        String title = standing == null || !where.isOwnEntry() ? null : standing.title();
        Optional<Path> path = own.or(() -> Optional.ofNullable(title).map(Path::of));
        if (path.isPresent()) {
            UUID entry = standing == null || !standing.isPresent() ? null : standing.uuid();
            return await(indexer.look(path.get(), entry));
        }
        return isPath(where.of()) && !where.isKnown() ? await(indexer.look(Path.of(where.of()), null)) : null;
    }

    /** The place of a path in a location of this device, links on the way to it followed; empty if it is in none. */
    private Optional<Path> ownPlace(String of) {
        if (!isPath(of)) {
            return Optional.empty();
        }
        Path path = normal(of);
        Path parent = path.getParent();
        Path real = parent == null ? path : DeviceFolder.real(parent).resolve(parent.relativize(path));
        return Stream.of(real)
                .filter(each -> indexer.locations().stream().anyMatch(each::startsWith))
                .findFirst();
    }

    private static boolean isPath(String of) {
        return of.startsWith("/");
    }

    private static Path normal(String of) {
        return Path.of(of).normalize();
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
