package io.librarysync.engine;

import io.librarysync.domain.Fault;
import io.librarysync.domain.FileStanding;
import io.librarysync.engine.Scheduler.Cancellable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the entries of this device's locations as their directories are. A watcher tells which directories to look at, a
 * full look from time to time finds the rest; what is there decides. One pass runs at a time, on one scheduler.
 */
public final class LibraryIndexer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LibraryIndexer.class);
    private static final FailureLog FAILURES = new FailureLog(LOG);
    private static final Duration SETTLING = Duration.ofSeconds(2);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 6;

    private final IndexerParts parts;
    private final Loop loop;
    private final IndexTools tools;
    private final List<Location> locations = new CopyOnWriteArrayList<>();
    private final Map<Path, IndexedDirectory> watched = new HashMap<>();
    private final Set<Path> changed = new LinkedHashSet<>();
    private final Set<Path> settling = new HashSet<>();
    private final Map<UUID, IndexedDirectory> waiting = new LinkedHashMap<>();
    private final List<Location> joining = new ArrayList<>();
    private final StandingFaults faults = new StandingFaults(this::report);
    private final IndexPass.Surroundings surroundings = new Here();
    private List<IndexedDirectory> looking = List.of();
    private @Nullable Cancellable debounce;
    private @Nullable Cancellable retry;
    private int brokenOff;
    private boolean unwatched;

    public LibraryIndexer(IndexerParts parts) {
        this.parts = parts;
        this.loop = new Loop(parts.scheduler(), parts.recorder());
        this.tools = new IndexTools(parts, loop);
    }

    /** Begins with a full look at every location there is, then watches them. */
    public void start() {
        locations.addAll(tools.locations());
        parts.watcher().start(new Changes());
        loop.execute(this::rescan);
        loop.every(parts.config().duration(EngineKey.RESCAN_INTERVAL_SECS), this::rescan);
    }

    /** The directories that are indexed. */
    public List<Path> locations() {
        return locations.stream().map(Location::path).toList();
    }

    /**
     * Indexes a directory from now on, with everything below it.
     *
     * @return its absolute path, once it is part of the library and its content is being looked at; exceptionally an
     *     {@link IllegalArgumentException} that says why it cannot be a location
     */
    public CompletableFuture<Path> addLocation(Path directory) {
        return loop.call(() -> {
            CompletableFuture<Path> added = new CompletableFuture<>();
            try {
                add(newLocation(directory), added);
            } catch (IOException e) {
                throw new IllegalArgumentException(directory + " cannot be opened: " + e, e);
            }
            return added;
        });
    }

    /** A file beside its entry, of which {@code entry} is the uuid; null if it has none. */
    public CompletableFuture<FileStanding> look(Path path, @Nullable UUID entry) {
        return loop.call(() -> CompletableFuture.completedFuture(new FileLook(path, entry).standing()));
    }

    /** Looks at everything in every location. */
    public void rescan() {
        loop.execute(() -> {
            locations.forEach(location -> await(location.root(false)));
            cancelRetry();
            runWaiting();
        });
    }

    /** Ends; what was not yet committed is found by the first look of the next run. */
    @Override
    public void close() {
        loop.close();
        parts.watcher().close();
    }

    private Location newLocation(Path directory) throws IOException {
        Path real = directory.toRealPath();
        if (!Files.isDirectory(real)) {
            throw new IllegalArgumentException(directory + " is not a directory; a location is one");
        }
        if (!Files.isReadable(real)) {
            throw new IllegalArgumentException(directory + " cannot be read; check its permissions");
        }
        if (tools.isInDataFolder(real)) {
            throw new IllegalArgumentException(directory + " is where a device keeps its own data");
        }
        Stream.concat(locations.stream(), joining.stream())
                .map(Location::path)
                .filter(other -> real.startsWith(other) || other.startsWith(real))
                .forEach(other -> {
                    throw new IllegalArgumentException(directory + " overlaps the location " + other);
                });
        return new Location(tools.newUuid(), real, tools.newUuid());
    }

    private void add(Location location, CompletableFuture<Path> added) throws IOException {
        List<LocalChange> rows = LocationRows.of(location, tools);
        joining.add(location);
        var unused = tools.commit(rows).whenCompleteAsync((done, failure) -> added(location, failure, added), loop);
    }

    /** From here on it is looked at like every other; before, nothing of it could be found in the library. */
    private void added(Location location, @Nullable Throwable failure, CompletableFuture<Path> added) {
        joining.remove(location);
        if (failure != null) {
            added.completeExceptionally(failure);
            return;
        }
        locations.add(location);
        tools.setNew(location.uuid(), true);
        await(location.root(true));
        added.complete(location.path());
        runWaiting();
    }

    private void await(IndexedDirectory directory) {
        waiting.merge(directory.entry(), directory, IndexedDirectory::and);
    }

    /** Starts a pass over all that waits, unless one runs or is to be repeated: then it is started after that. */
    private void runWaiting() {
        if (!looking.isEmpty() || waiting.isEmpty() || retry != null) {
            return;
        }
        looking = List.copyOf(waiting.values());
        waiting.clear();
        IndexPass pass = new IndexPass(tools, surroundings);
        looking.forEach(pass::add);
        pass.run();
    }

    private void ended() {
        looking.forEach(directory -> tools.setNew(directory.location(), false));
        looking = List.of();
    }

    private void repeatLater() {
        looking.forEach(directory -> waiting.merge(directory.entry(), directory.again(), IndexedDirectory::and));
        ended();
        retry = loop.after(FIRST_RETRY.multipliedBy(1L << Math.min(brokenOff, MAX_DOUBLINGS)), this::repeat);
        brokenOff++;
    }

    private void repeat() {
        retry = null;
        runWaiting();
    }

    private void cancelRetry() {
        Cancellable pending = retry;
        if (pending != null) {
            pending.cancel();
            retry = null;
        }
    }

    private static Fault offline(Location location) {
        return new Fault(
                "offline", "location " + location.path() + " is missing or cannot be read; its entries are kept");
    }

    private void report(Fault fault) {
        LOG.warn("{}", fault.message());
        parts.recorder().otherFailed(null, LibraryModels.ENTRY, fault);
    }

    private void noticed(Path directory) {
        changed.add(directory);
        if (debounce == null) {
            debounce = loop.after(parts.config().duration(EngineKey.WATCH_DEBOUNCE_MS), this::lookAtChanged);
        }
    }

    private void settled(Path directory) {
        settling.remove(directory);
        noticed(directory);
    }

    private void lookAtChanged() {
        debounce = null;
        for (Path directory : changed) {
            IndexedDirectory known = watched.get(directory);
            if (known != null) {
                await(known);
            }
        }
        changed.clear();
        runWaiting();
    }

    /** One file, on request. */
    private final class FileLook {
        private final Path path;
        private final @Nullable UUID entry;

        FileLook(Path path, @Nullable UUID entry) {
            this.path = path;
            this.entry = entry;
        }

        FileStanding standing() {
            Location location = locations.stream()
                    .filter(each -> path.startsWith(each.path()))
                    .findFirst()
                    .orElse(null);
            if (location == null) {
                return standing(FileStanding.State.NO_LOCATION, null, null);
            }
            if (!location.isOnline()) {
                return standing(FileStanding.State.OFFLINE, null, offline(location));
            }
            if (tools.isInDataFolder(path)) {
                return standing(FileStanding.State.LEFT_OUT, null, null);
            }
            return beside(location);
        }

        private FileStanding beside(Location location) {
            try {
                FileFacts facts = FileFacts.of(path);
                return standing(stateOf(facts), facts.modifiedAt(), faultIn(location));
            } catch (NoSuchFileException e) {
                return missing(location);
            } catch (IOException e) {
                Fault fault = ReadFailure.fault("file", path, ReadFailure.reasonOf(e));
                return standing(FileStanding.State.UNREADABLE, null, fault);
            }
        }

        private FileStanding.State stateOf(FileFacts facts) {
            if (entry == null) {
                return FileStanding.State.NOT_INDEXED;
            }
            return facts.agreesWith(tools.entry(entry)) ? FileStanding.State.AS_INDEXED : FileStanding.State.CHANGED;
        }

        private FileStanding missing(Location location) {
            return entry == null
                    ? standing(FileStanding.State.NOTHING, null, null)
                    : standing(FileStanding.State.VANISHED, null, faultIn(location));
        }

        /** What is wrong with the file, or with a directory above it. */
        private @Nullable Fault faultIn(Location location) {
            Fault own = entry == null ? null : faults.find(entry);
            if (own != null) {
                return own;
            }
            for (Path above = path.getParent();
                    above != null && above.startsWith(location.path());
                    above = above.getParent()) {
                IndexedDirectory directory = watched.get(above);
                Fault fault = directory == null ? null : faults.find(directory.entry());
                if (fault != null) {
                    return fault;
                }
            }
            return brokenOff == 0
                    ? null
                    : new Fault("failing", "what changed on disk cannot be noted at the moment; it is tried again");
        }

        private FileStanding standing(FileStanding.State state, @Nullable Long changedAt, @Nullable Fault fault) {
            boolean isBusy = !looking.isEmpty() || !waiting.isEmpty() || debounce != null || !settling.isEmpty();
            long rescan =
                    parts.config().duration(EngineKey.RESCAN_INTERVAL_SECS).toMillis();
            return new FileStanding(path.toString(), state, changedAt, fault, isBusy, rescan);
        }
    }

    /** What the watcher tells, brought to the scheduler of the indexer. */
    private final class Changes implements FileWatcher.Listener {

        @Override
        public void changed(Path directory) {
            loop.execute(() -> noticed(directory));
        }

        @Override
        public void overflowed(Path directory) {
            LOG.info("changes of {} came too fast to be told one by one; looking at everything", directory);
            rescan();
        }
    }

    /** The surroundings of every pass. */
    private final class Here implements IndexPass.Surroundings {

        @Override
        public @Nullable Location online(UUID uuid) {
            for (Location location : locations) {
                if (location.uuid().equals(uuid)) {
                    return noteOnline(location) ? location : null;
                }
            }
            return null;
        }

        @Override
        public void watch(IndexedDirectory directory) {
            watched.put(directory.path(), directory.shallow());
            try {
                parts.watcher().watch(directory.path());
            } catch (IOException e) {
                noteUnwatched(directory.path(), e);
            }
        }

        @Override
        public void lookAgain(Path directory) {
            if (settling.add(directory)) {
                var unused = loop.after(SETTLING, () -> settled(directory));
            }
        }

        @Override
        public void stands(UUID entry, Fault fault) {
            faults.stands(entry, fault);
        }

        @Override
        public void isGone(UUID entry) {
            faults.isGone(entry);
        }

        @Override
        public void failed(Throwable why) {
            if (why instanceof StoreException store) {
                parts.recorder().databaseFailed(null, LibraryModels.ENTRY, store.fault());
            } else {
                parts.recorder().otherFailed(null, LibraryModels.ENTRY, new Fault("internal", String.valueOf(why)));
            }
        }

        @Override
        public void ended() {
            if (brokenOff > 0) {
                LOG.info("files are looked at and noted again");
                brokenOff = 0;
            }
            LibraryIndexer.this.ended();
            runWaiting();
        }

        @Override
        public void brokenOff(@Nullable Path at, Set<UUID> unnoted, Throwable why) {
            if (brokenOff == 0) {
                FAILURES.failed("what is in " + at + " could not be noted, and is tried again until it can", why);
            }
            forget(unnoted);
            repeatLater();
        }

        /** A look at them would find them anew, below an entry that never was; the repeated one begins above them. */
        private void forget(Set<UUID> unnoted) {
            watched.values().removeIf(directory -> unnoted.contains(directory.entry()));
            waiting.keySet().removeAll(unnoted);
        }

        private boolean noteOnline(Location location) {
            boolean online = location.isOnline();
            if (online) {
                faults.isGone(location.uuid());
            } else {
                faults.stands(location.uuid(), offline(location));
            }
            return online;
        }

        private void noteUnwatched(Path directory, IOException e) {
            if (!unwatched) {
                unwatched = true;
                LOG.warn(
                        "{} cannot be watched ({}); changes there and in others like it are found by the next full look",
                        directory,
                        e.getMessage());
            }
        }
    }
}
