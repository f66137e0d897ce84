package io.librarysync.testing;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.EventLogQuery;
import io.librarysync.domain.LoggedEvent;
import io.librarysync.domain.ModelType;
import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.EngineParts;
import io.librarysync.engine.LibraryModels;
import io.librarysync.engine.LibraryReader;
import io.librarysync.engine.LibraryStore;
import io.librarysync.engine.LocalChange;
import io.librarysync.engine.LocalChange.Put;
import io.librarysync.engine.RecordData;
import io.librarysync.engine.RecorderTimer;
import io.librarysync.engine.Scheduler;
import io.librarysync.engine.SnapshotRow;
import io.librarysync.engine.Stored;
import io.librarysync.engine.SyncEngine;
import io.librarysync.events.EventArchive;
import io.librarysync.events.EventBook;
import io.librarysync.events.EventExchange;
import io.librarysync.events.SyncEvent;
import io.librarysync.events.SyncEventType;
import io.librarysync.events.SyncEvents;
import io.librarysync.metrics.Capture;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.metrics.SyncMetricsSnapshot;
import io.librarysync.store.SqliteLibraryStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of a whole device of a scenario: engine, real library and metrics on hand-driven time. */
public final class TestDevice {

    /** More than any scenario has. */
    private static final int EVENTS = 1_000_000;

    private final DeviceId id;
    private final String name;
    private final MortalScheduler own;
    private final InProcessNetwork.Endpoint endpoint;
    private final List<Stored.Pending> foundHeld;
    private final List<Capture> closedEpochs = new ArrayList<>();
    private final SlowDisk disk;
    private final SqliteLibraryStore store;
    private final FailingStore fallible;
    private final SyncEvents events;
    private final SyncMetrics metrics;
    private final SyncEngine engine;
    private final ManualScheduler scheduler;
    private final Supplier<UUID> uuids;
    private final UUID location;
    private @Nullable OwnBeans beans;

    TestDevice(TestLibrary library, String name, DeviceId id, Path file, EngineConfig config, boolean recorded) {
        this.id = id;
        this.name = name;
        this.scheduler = library.scheduler();
        this.own = new MortalScheduler(scheduler);
        this.uuids = library.uuids();
        this.location = UUID.nameUUIDFromBytes(("location of " + id).getBytes(StandardCharsets.UTF_8));
        this.endpoint = library.network().join(id, name);
        Member self = new Member(id.toString(), name);
        this.events =
                new SyncEvents(self, library.clockOf(id), UUID.randomUUID().toString(), EVENTS, recorded);
        this.metrics = new SyncMetrics(
                new Member(library.id().toString(), TestLibrary.NAME),
                self,
                library.clockOf(id),
                LibraryModels.types(),
                recorded,
                events.recorder());
        events.follow(metrics);
        this.disk = new SlowDisk(new RecorderTimer(metrics.recorder()), library.clock());
        this.store = SqliteLibraryStore.open(file, disk);
        this.fallible = new FailingStore(store);
        this.foundHeld = store.read(LibraryReader::pending);
        this.engine = new SyncEngine(new EngineParts(
                library.id(),
                id,
                name,
                true,
                config,
                library.clockOf(id),
                own,
                own,
                uuids,
                () -> 0.5,
                endpoint,
                fallible,
                this::tellEvents,
                metrics.recorder()));
        metrics.readLevelsFrom(engine::levels);
    }

    public DeviceId id() {
        return id;
    }

    public String name() {
        return name;
    }

    public SyncEngine engine() {
        return engine;
    }

    public SqliteLibraryStore store() {
        return store;
    }

    public SyncMetrics metrics() {
        return metrics;
    }

    public SyncEvents events() {
        return events;
    }

    /** The beans in the MBean server of this run, registered when they are first asked for and gone when it ends. */
    public OwnBeans beans() {
        OwnBeans registered = beans;
        if (registered == null) {
            registered = OwnBeans.of(this);
            beans = registered;
        }
        return registered;
    }

    /** The events of one type in this run. */
    public List<SyncEvent> events(SyncEventType type) {
        return events.journal().recent().stream()
                .filter(event -> event.type() == type)
                .toList();
    }

    private CompletableFuture<List<LoggedEvent>> tellEvents(EventLogQuery query) {
        return CompletableFuture.supplyAsync(
                () -> book().find(EventExchange.read(query)).stream()
                        .map(EventExchange::told)
                        .toList(),
                own::execute);
    }

    /** What can be read of this run's events. */
    public EventBook book() {
        return new EventBook(events.journal(), EventArchive.NONE);
    }

    public SyncMetricsSnapshot snapshot() {
        return metrics.snapshot();
    }

    /** What the filter selects of each epoch of this run, the last one as it is now. */
    List<SyncMetricsSnapshot> epochs(SnapshotFilter filter) {
        return Stream.concat(
                        closedEpochs.stream().map(epoch -> epoch.snapshot(filter)), Stream.of(metrics.snapshot(filter)))
                .toList();
    }

    /** The changes that were held when this run began. */
    List<Stored.Pending> foundHeld() {
        return foundHeld;
    }

    /** What the network saw pass between this run and a peer. */
    InProcessNetwork.Passed passed(DeviceId peer) {
        return endpoint.passed(peer);
    }

    /** Closes the epoch of the metrics, if there is one. */
    public void resetMetrics() {
        if (!metrics.snapshot().enabled()) {
            return;
        }
        metrics.reset((closing, next) -> closedEpochs.add(Objects.requireNonNull(closing)));
    }

    /** How long each statement takes from now on. */
    void slowDown(Duration statement) {
        disk.setDelay(statement);
    }

    /** The transaction that is so many from now fails; none if 0. */
    public void failAt(int transaction) {
        fallible.failAt(transaction);
    }

    /** The read outside of transactions that is so many from now fails; none if 0. */
    public void failReadAt(int read) {
        fallible.failReadAt(read);
    }

    /** How many transactions and reads of this run failed because they were told to. */
    int failures() {
        return fallible.failures();
    }

    /** Where the work of this run is done, and is no more once it has ended. */
    Scheduler scheduler() {
        return own;
    }

    /** The library as the engine has it, with the failures it is told. */
    LibraryStore engineStore() {
        return fallible;
    }

    /** Nothing of this run goes on; what it did not commit is gone. */
    void end() {
        own.end();
        OwnBeans registered = beans;
        if (registered != null) {
            registered.close();
        }
        store.close();
    }

    /** A volume, a location and the root entry of it, named after this device. */
    public void addLocation() {
        addLocation(root());
    }

    /** The same at any path. */
    public void addLocation(String path) {
        UUID volume = uuids.get();
        commit(List.of(
                new Put(
                        LibraryModels.VOLUME,
                        volume,
                        RecordData.builder()
                                .put("name", "disk")
                                .put("mount_point", "/")
                                .put("fs_type", "test")
                                .build()),
                new Put(
                        LibraryModels.LOCATION,
                        location,
                        RecordData.builder()
                                .put("name", "files")
                                .put("path", path)
                                .reference("volume", volume)
                                .build()),
                entry(location, "files", null)));
    }

    /** Whether it has its location. */
    public boolean hasLocation() {
        return store.read(library -> library.record(LibraryModels.ENTRY, location))
                .isPresent();
    }

    /** Deletes its location, which takes all entries with it. */
    public void removeLocation() {
        commit(locationRemoval());
    }

    /** What {@link #removeLocation} commits. */
    List<LocalChange> locationRemoval() {
        return List.of(new LocalChange.Remove(LibraryModels.LOCATION, location));
    }

    /** The path of the location. */
    public String root() {
        return "/" + id;
    }

    /** Empty files in the root of the location, in one transaction; returns their uuids. */
    public List<UUID> addFiles(int from, int count) {
        List<LocalChange> changes = files(from, count);
        commit(changes);
        return changes.stream().map(LocalChange::uuid).toList();
    }

    /** What {@link #addFiles} commits. */
    public List<LocalChange> files(int from, int count) {
        List<LocalChange> changes = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            changes.add(entry(uuids.get(), "file" + i, location));
        }
        return changes;
    }

    /** An empty directory in the root of the location. */
    public UUID addDirectory(String name) {
        UUID uuid = uuids.get();
        commit(List.of(entry(uuid, name, "directory", location)));
        return uuid;
    }

    /** An empty file in a directory. */
    public UUID addFile(UUID parent, String name) {
        UUID uuid = uuids.get();
        commit(List.of(entry(uuid, name, parent)));
        return uuid;
    }

    /** The entry under another name or parent; without one it is the root. */
    public LocalChange renamed(UUID entry, @Nullable UUID parent, String name) {
        return entry(entry, name, parent);
    }

    /** The entry of the location's own directory. */
    public UUID rootEntry() {
        return location;
    }

    public LocalChange removal(UUID entry) {
        return new LocalChange.Remove(LibraryModels.ENTRY, entry);
    }

    public void removeEntry(UUID entry) {
        commit(List.of(removal(entry)));
    }

    public void tag(String name, String... paths) {
        finish(engine.addTag(name, List.of(paths)));
    }

    public void pause() {
        finish(engine.pause());
    }

    public void resume() {
        finish(engine.resume());
    }

    public List<UUID> tagNamed(String name) {
        return store.read(library -> library.withText(LibraryModels.TAG, "name", name));
    }

    public UUID addTag(String name) {
        UUID tag = uuids.get();
        putTag(tag, name);
        return tag;
    }

    public void putTag(UUID tag, String name) {
        commit(List.of(new Put(
                LibraryModels.TAG, tag, RecordData.builder().put("name", name).build())));
    }

    /** Renames the tag unless this device never saw it or saw it deleted. */
    public void putTagIfThere(UUID tag, String name) {
        if (store.read(library -> library.record(LibraryModels.TAG, tag)).isPresent()) {
            putTag(tag, name);
        }
    }

    /** The entries of this device but for the root. */
    public List<UUID> ownFiles() {
        return store.read(library -> library.children(location, location)).stream()
                .map(Stored.KnownEntry::uuid)
                .toList();
    }

    /** The entries of this device at any depth, but for the root. */
    List<UUID> ownEntries() {
        return store.read(library -> library.owned(LibraryModels.ENTRY, id).stream()
                .map(Stored.Row::uuid)
                .filter(entry -> !entry.equals(location))
                .toList());
    }

    /** What is in a directory of the location. */
    List<UUID> filesIn(UUID directory) {
        return store.read(library -> library.children(location, directory)).stream()
                .map(Stored.KnownEntry::uuid)
                .toList();
    }

    /** Every record of a model that this device has, its own and those of others. */
    public List<UUID> all(ModelType model) {
        return store.read(library -> model.isShared() ? shared(library, model) : owned(library, model))
                .sorted()
                .toList();
    }

    private static Stream<UUID> shared(LibraryReader library, ModelType model) {
        return library.snapshotAfter(model, null, Integer.MAX_VALUE).stream()
                .filter(row -> !row.deleted())
                .map(SnapshotRow::uuid);
    }

    private static Stream<UUID> owned(LibraryReader library, ModelType model) {
        return library.devices().stream()
                .flatMap(device -> library.owned(model, device.id()).stream())
                .map(Stored.Row::uuid);
    }

    public void removeTag(UUID tag) {
        commit(List.of(new LocalChange.Remove(LibraryModels.TAG, tag)));
    }

    /** Commits the changes, in one transaction; fails as the engine does. */
    public void commit(List<LocalChange> changes) {
        finish(engine.commit(changes));
    }

    /** Hands the changes over; they are committed when the scheduler runs. */
    public void commitLater(List<LocalChange> changes) {
        var unused = engine.commit(changes);
    }

    private void finish(CompletableFuture<?> work) {
        scheduler.runUntilIdle();
        if (work.isCompletedExceptionally()) {
            work.join();
        }
    }

    /** A file in the root of the location whose content is known. */
    LocalChange file(UUID uuid, String name, UUID content, long size) {
        return new Put(
                LibraryModels.ENTRY,
                uuid,
                RecordData.builder()
                        .put("name", name)
                        .put("kind", "file")
                        .put("size", size)
                        .reference("location", location)
                        .reference("parent", location)
                        .reference("content_identity", content)
                        .build());
    }

    private Put entry(UUID uuid, String name, @Nullable UUID parent) {
        return entry(uuid, name, parent == null ? "directory" : "file", parent);
    }

    private Put entry(UUID uuid, String name, String kind, @Nullable UUID parent) {
        return new Put(
                LibraryModels.ENTRY,
                uuid,
                RecordData.builder()
                        .put("name", name)
                        .put("kind", kind)
                        .put("size", kind.equals("file") ? 0L : null)
                        .reference("location", location)
                        .reference("parent", parent)
                        .build());
    }
}
