package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.engine.DirectoryScan.Found;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What indexing reads from and writes to the library. */
final class IndexTools {
    private final DeviceId self;
    private final LibraryStore store;
    private final LocalWriter writer;
    private final Supplier<UUID> uuids;
    private final Loop loop;
    private final Executor readers;
    private final int batchSize;
    private final Predicate<Path> dataFolders;
    private final Set<UUID> newLocations = ConcurrentHashMap.newKeySet();

    IndexTools(IndexerParts parts, Loop loop) {
        this.self = parts.device();
        this.store = parts.store();
        this.writer = parts.writer();
        this.uuids = parts.uuids();
        this.loop = loop;
        this.readers = parts.fileReaders();
        this.batchSize = parts.config().count(EngineKey.INDEX_BATCH_SIZE);
        this.dataFolders = parts.dataFolders();
    }

    Loop loop() {
        return loop;
    }

    int batchSize() {
        return batchSize;
    }

    /** Whether a path is, or is inside, a directory that holds the files of a device. */
    boolean isInDataFolder(Path path) {
        return Stream.iterate(path, Objects::nonNull, Path::getParent).anyMatch(dataFolders);
    }

    UUID newUuid() {
        return uuids.get();
    }

    CompletableFuture<Void> commit(List<LocalChange> changes) {
        return writer.commit(changes);
    }

    CompletableFuture<ContentHasher.Outcome> identify(Found file) {
        return CompletableFuture.supplyAsync(() -> ContentHasher.identify(file.path(), file.facts()), readers)
                .exceptionally(failure -> new ContentHasher.Unreadable(String.valueOf(failure.getMessage())));
    }

    /** Nothing can have moved inside a location that is indexed for the first time. */
    void setNew(UUID location, boolean isNew) {
        if (isNew) {
            newLocations.add(location);
        } else {
            newLocations.remove(location);
        }
    }

    boolean isNew(UUID location) {
        return newLocations.contains(location);
    }

    DirectoryScan scan(IndexedDirectory directory) throws IOException {
        return DirectoryScan.of(directory.path(), knownChildren(directory), dataFolders);
    }

    private List<Stored.KnownEntry> knownChildren(IndexedDirectory directory) {
        return directory.fresh()
                ? List.of()
                : store.read(library -> library.children(directory.location(), directory.entry()));
    }

    /** An entry as the library has it, but for its file key and content. */
    Stored.KnownEntry entry(UUID uuid) {
        RecordData data =
                store.read(library -> library.record(LibraryModels.ENTRY, uuid)).orElse(RecordData.EMPTY);
        return new Stored.KnownEntry(
                uuid,
                String.valueOf(data.text("name")),
                String.valueOf(data.text("kind")),
                data.number("size"),
                data.number("modified_at"),
                null,
                null);
    }

    /** The locations of this device, with their root entries. */
    List<Location> locations() {
        return store.read(library -> library.owned(LibraryModels.LOCATION, self).stream()
                .flatMap(row -> library.children(row.uuid(), null).stream()
                        .map(root -> new Location(row.uuid(), Path.of(row.data().text("path")), root.uuid())))
                .toList());
    }

    /** The volume of this device with this mount point; null if there is none yet. */
    @Nullable
    UUID volumeAt(String mountPoint) {
        return store.read(library -> library.owned(LibraryModels.VOLUME, self).stream()
                .filter(row -> mountPoint.equals(row.data().text("mount_point")))
                .map(Stored.Row::uuid)
                .findFirst()
                .orElse(null));
    }

    /** What the file system called the root of a location when its entry was written. */
    @Nullable
    String rootKey(Location location) {
        List<Stored.KnownEntry> roots = store.read(library -> library.children(location.uuid(), null));
        return roots.isEmpty() ? null : roots.get(0).fileKey();
    }

    /**
     * The entry that carries this file key although there is no file of its kind where the entry says; null if there is
     * none. A file of its kind that was put in the place of its own is the entry's from then on.
     */
    @Nullable
    UUID goneFrom(UUID location, String fileKey, Found found) {
        String kind = found.facts().kind();
        return store.read(library -> library.withFileKey(location, fileKey)).stream()
                .filter(entry -> kindOf(entry.entry()).equals(kind))
                .filter(entry -> !isAt(entry.path(), kind))
                .map(Stored.Found::entry)
                .findFirst()
                .orElse(null);
    }

    LocalChange entry(IndexedDirectory parent, Found found, UUID uuid, @Nullable UUID contentIdentity) {
        FileFacts facts = found.facts();
        RecordData data = RecordData.builder()
                .put("name", found.name())
                .put("kind", facts.kind())
                .put("size", facts.size())
                .put("modified_at", facts.modifiedAt())
                .reference("location", parent.location())
                .reference("parent", parent.entry())
                .reference("content_identity", contentIdentity)
                .build();
        return new LocalChange.Put(LibraryModels.ENTRY, uuid, data, facts.fileKey());
    }

    private String kindOf(UUID entry) {
        return store.read(library -> library.record(LibraryModels.ENTRY, entry))
                .map(data -> String.valueOf(data.text("kind")))
                .orElse("");
    }

    private static boolean isAt(String path, String kind) {
        try {
            return FileFacts.of(Path.of(path)).kind().equals(kind);
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }
}
