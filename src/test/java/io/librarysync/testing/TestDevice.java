package io.librarysync.testing;

import io.librarysync.domain.DeviceId;
import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.EngineParts;
import io.librarysync.engine.LibraryModels;
import io.librarysync.engine.LocalChange;
import io.librarysync.engine.LocalChange.Put;
import io.librarysync.engine.RecordData;
import io.librarysync.engine.RecorderTimer;
import io.librarysync.engine.Stored;
import io.librarysync.engine.SyncEngine;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.metrics.SyncMetricsSnapshot;
import io.librarysync.store.SqliteLibraryStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One whole device of a scenario: engine, real library and metrics on hand-driven time. */
public final class TestDevice {

    private final DeviceId id;
    private final SqliteLibraryStore store;
    private final SyncMetrics metrics;
    private final SyncEngine engine;
    private final ManualScheduler scheduler;
    private final Supplier<UUID> uuids;
    private final UUID location;

    TestDevice(TestLibrary library, String name, DeviceId id, Path file, EngineConfig config, boolean recorded) {
        this.id = id;
        this.scheduler = library.scheduler();
        this.uuids = library.uuids();
        this.location = uuids.get();
        this.metrics = new SyncMetrics(
                new Member(library.id().toString(), TestLibrary.NAME),
                new Member(id.toString(), name),
                library.clock(),
                LibraryModels.types(),
                recorded);
        this.store = SqliteLibraryStore.open(file, new RecorderTimer(metrics.recorder()));
        this.engine = new SyncEngine(new EngineParts(
                library.id(),
                id,
                name,
                true,
                config,
                library.clock(),
                library.scheduler(),
                library.scheduler(),
                uuids,
                () -> 0.5,
                library.network().join(id, name),
                store,
                metrics.recorder()));
        metrics.readLevelsFrom(engine::levels);
    }

    public DeviceId id() {
        return id;
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

    public SyncMetricsSnapshot snapshot() {
        return metrics.snapshot();
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
