package io.librarysync.engine;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The records that a new location begins with: its volume, unless that is known, itself, and its root entry. */
final class LocationRows {
    private LocationRows() {}

    static List<LocalChange> of(Location location, IndexTools tools) throws IOException {
        List<LocalChange> rows = new ArrayList<>();
        FileStore store = Files.getFileStore(location.path());
        String mountPoint = mountPoint(location.path(), store).toString();
        UUID known = tools.volumeAt(mountPoint);
        UUID volume = known != null ? known : tools.newUuid();
        if (known == null) {
            rows.add(new LocalChange.Put(LibraryModels.VOLUME, volume, volumeData(store, mountPoint)));
        }
        String name = nameOf(location.path());
        rows.add(new LocalChange.Put(
                LibraryModels.LOCATION,
                location.uuid(),
                RecordData.builder()
                        .put("name", name)
                        .put("path", location.path().toString())
                        .reference("volume", volume)
                        .build()));
        rows.add(new LocalChange.Put(
                LibraryModels.ENTRY,
                location.rootEntry(),
                RecordData.builder()
                        .put("name", name)
                        .put("kind", FileFacts.DIRECTORY)
                        .reference("location", location.uuid())
                        .build(),
                FileFacts.of(location.path()).fileKey()));
        return rows;
    }

    private static RecordData volumeData(FileStore store, String mountPoint) {
        return RecordData.builder()
                .put("name", store.name())
                .put("mount_point", mountPoint)
                .put("fs_type", store.type())
                .build();
    }

    /** The highest directory above {@code path} that is still on the same file store. */
    private static Path mountPoint(Path path, FileStore store) throws IOException {
        Path highest = path;
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            if (!Files.getFileStore(above).equals(store)) {
                break;
            }
            highest = above;
        }
        return highest;
    }

    private static String nameOf(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }
}
