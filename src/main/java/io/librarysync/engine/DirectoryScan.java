package io.librarysync.engine;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is in one directory, beside what the library knows of it.
 *
 * @param found what is there, with the entry of the same name and kind, if there is one
 * @param missing entries whose file is no longer there, or is of another kind
 */
record DirectoryScan(List<Found> found, List<Stored.KnownEntry> missing) {

    /** One file that is there. */
    record Found(Path path, String name, FileFacts facts, Stored.@Nullable KnownEntry known) {

        boolean isUnchanged() {
            return known != null && facts.agreesWith(known);
        }
    }

    DirectoryScan {
        found = List.copyOf(found);
        missing = List.copyOf(missing);
    }

    static DirectoryScan of(Path directory, List<Stored.KnownEntry> children) throws IOException {
        Map<String, Stored.KnownEntry> unseen = new HashMap<>();
        children.forEach(child -> unseen.put(child.name(), child));
        List<Found> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                add(found, file, unseen);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return new DirectoryScan(found, List.copyOf(unseen.values()));
    }

    private static void add(List<Found> found, Path file, Map<String, Stored.KnownEntry> unseen) throws IOException {
        String name = String.valueOf(file.getFileName());
        try {
            FileFacts facts = FileFacts.of(file);
            Stored.KnownEntry known = unseen.get(name);
            boolean same = known != null && known.kind().equals(facts.kind());
            if (same) {
                unseen.remove(name);
            }
            found.add(new Found(file, name, facts, same ? known : null));
        } catch (NoSuchFileException e) {
            // it vanished between the listing and the look at it: then it is missing
            return;
        }
    }
}
