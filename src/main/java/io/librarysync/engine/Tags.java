package io.librarysync.engine;

import io.librarysync.engine.LocalChange.Put;
import io.librarysync.engine.LocalChange.Remove;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Tags as people use them: by name, on paths. */
final class Tags {

    private static final String NAME = "name";

    private final Device device;
    private final LocalWriter writer;

    Tags(Device device, LocalWriter writer) {
        this.device = device;
        this.writer = writer;
    }

    /** Creates the tag unless there is one of that name, and puts it on every path that does not have it. */
    CompletableFuture<UUID> add(String name, List<String> paths) {
        if (name.isBlank()) {
            return CompletableFuture.failedFuture(new IllegalArgumentException("a tag needs a name"));
        }
        return onLoop(() -> {
            List<LocalChange> changes = new ArrayList<>();
            UUID tag = device.store().read(library -> adding(library, name, paths, changes));
            return writer.commit(changes).thenApply(done -> tag);
        });
    }

    /** Takes every tag of that name off the path. */
    CompletableFuture<Void> untag(String name, String path) {
        return onLoop(() -> writer.commit(device.store().read(library -> {
            UUID entry = entryAt(library, path);
            return library.withText(LibraryModels.TAG, NAME, name).stream()
                    .flatMap(tag -> tagsOn(library, entry, tag).stream())
                    .<LocalChange>map(uuid -> new Remove(LibraryModels.ENTRY_TAG, uuid))
                    .toList();
        })));
    }

    /** Deletes every tag of that name. */
    CompletableFuture<Void> delete(String name) {
        return onLoop(() ->
                writer.commit(device.store().read(library -> library.withText(LibraryModels.TAG, NAME, name).stream()
                        .<LocalChange>map(uuid -> new Remove(LibraryModels.TAG, uuid))
                        .toList())));
    }

    private UUID adding(LibraryReader library, String name, List<String> paths, List<LocalChange> changes) {
        Optional<UUID> existing =
                library.withText(LibraryModels.TAG, NAME, name).stream().findFirst();
        UUID tag = existing.orElseGet(device.parts().uuids());
        if (existing.isEmpty()) {
            changes.add(new Put(
                    LibraryModels.TAG, tag, RecordData.builder().put(NAME, name).build()));
        }
        for (String path : paths) {
            UUID entry = entryAt(library, path);
            if (tagsOn(library, entry, tag).isEmpty()) {
                RecordData data = RecordData.builder()
                        .reference("entry", entry)
                        .reference("tag", tag)
                        .build();
                changes.add(
                        new Put(LibraryModels.ENTRY_TAG, device.parts().uuids().get(), data));
            }
        }
        return tag;
    }

    private static List<UUID> tagsOn(LibraryReader library, UUID entry, UUID tag) {
        return library.referringTo(LibraryModels.ENTRY_TAG, Map.of("entry", entry, "tag", tag));
    }

    private static UUID entryAt(LibraryReader library, String path) {
        return EntryPaths.entryAt(library, path)
                .orElseThrow(() -> new IllegalArgumentException("no entry at " + path + "; is it in a location?"));
    }

    /** Looks and decides on the loop, so that two callers at once do not both find nothing. */
    private <T> CompletableFuture<T> onLoop(Supplier<CompletableFuture<T>> work) {
        return device.loop().call(work);
    }
}
