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
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is in one directory, beside what the library knows of it.
 *
 * @param fileKey what its file system calls the directory itself
 * @param found what is there, with the entry of the same name and kind, if there is one
 * @param missing entries whose file is no longer there, or is of another kind
 */
record DirectoryScan(@Nullable String fileKey, List<Found> found, List<Stored.KnownEntry> missing) {
    private static final String NOT_DECODED = "\uFFFD";

    /** One file that is there. */
    record Found(Path path, String name, FileFacts facts, Stored.@Nullable KnownEntry known) {

        boolean isUnchanged() {
            return isAsNoted() && !lacksIdentity();
        }

        /** Whether its entry would be written as it is, but for the identity of its content. */
        boolean isAsNoted() {
            return known != null && facts.agreesWith(known);
        }

        private boolean lacksIdentity() {
            return facts.hasContent() && known != null && known.contentIdentity() == null;
        }
    }

    DirectoryScan {
        found = List.copyOf(found);
        missing = List.copyOf(missing);
    }

    /**
     * @param leftOut which directories are passed over as if they were not there
     * @throws NoSuchFileException if the directory went, or another took its place, during the look
     */
    static DirectoryScan of(Path directory, List<Stored.KnownEntry> children, Predicate<Path> leftOut)
            throws IOException {
        Map<String, Stored.KnownEntry> unseen = new HashMap<>();
        children.forEach(child -> unseen.put(child.name(), child));
        String fileKey = FileFacts.of(directory).fileKey();
        List<Found> found = listed(directory, unseen, leftOut);
        if (!Objects.equals(fileKey, FileFacts.of(directory).fileKey())) {
            throw new NoSuchFileException(directory.toString());
        }
        return new DirectoryScan(fileKey, found, List.copyOf(unseen.values()));
    }

    /** Whether less than half of what was known is still there. */
    boolean hasLostMost() {
        return missing.size()
                > found.stream().filter(file -> file.known() != null).count();
    }

    /** Whether the entry is of a directory where another disk than that of {@code parentKey} was, and nothing is now. */
    boolean isLostDisk(Stored.KnownEntry entry, @Nullable String parentKey) {
        return entry.kind().equals(FileFacts.DIRECTORY)
                && FileFacts.areOnDifferentDevices(entry.fileKey(), parentKey)
                && found.stream().noneMatch(file -> file.name().equals(entry.name()));
    }

    private static List<Found> listed(Path directory, Map<String, Stored.KnownEntry> unseen, Predicate<Path> leftOut)
            throws IOException {
        List<Found> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                add(found, file, unseen, leftOut);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    private static void add(
            List<Found> found, Path file, Map<String, Stored.KnownEntry> unseen, Predicate<Path> leftOut)
            throws IOException {
        String name = nameOf(file);
        try {
            FileFacts facts = FileFacts.of(file);
            if (facts.kind().equals(FileFacts.DIRECTORY) && leftOut.test(file)) {
                return;
            }
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

    /** The name; percent-encoded where its bytes are no text, so that names which differ stay different. */
    private static String nameOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.contains(NOT_DECODED) ? encoded(file) : name;
    }

    private static String encoded(Path file) {
        String path = file.toUri().getRawPath();
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return bare.substring(bare.lastIndexOf('/') + 1);
    }
}
