package io.librarysync.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** From paths to entries. */
final class EntryPaths {

    private static final Pattern SEPARATOR = Pattern.compile("/", Pattern.LITERAL);

    private EntryPaths() {}

    /** The entry at a path, one of this device before that of another. */
    static Optional<UUID> entryAt(LibraryReader library, String path) {
        return entryAt(library, path, member -> true);
    }

    /** The same among the locations of some members. */
    static Optional<UUID> entryAt(LibraryReader library, String path, Predicate<Stored.Device> whose) {
        List<Stored.Device> ownFirst = library.devices().stream()
                .filter(whose)
                .sorted(Comparator.comparing(Stored.Device::self).reversed())
                .toList();
        return ownFirst.stream()
                .flatMap(member -> library.owned(LibraryModels.LOCATION, member.id()).stream())
                .flatMap(location -> entryIn(library, location, path).stream())
                .findFirst();
    }

    /** Whether a path is a location or inside it. */
    static boolean isIn(String location, String path) {
        return path.equals(location) || path.startsWith(withSlash(location));
    }

    private static Optional<UUID> entryIn(LibraryReader library, Stored.Row location, String path) {
        String root = String.valueOf(location.data().text("path"));
        if (!isIn(root, path)) {
            return Optional.empty();
        }
        Optional<UUID> entry = library.children(location.uuid(), null).stream()
                .map(Stored.KnownEntry::uuid)
                .findFirst();
        if (path.equals(root)) {
            return entry;
        }
        return SEPARATOR
                .splitAsStream(path.substring(withSlash(root).length()))
                .reduce(
                        entry,
                        (found, name) -> found.flatMap(parent -> childNamed(library, location.uuid(), parent, name)),
                        (found, other) -> other);
    }

    private static Optional<UUID> childNamed(LibraryReader library, UUID location, UUID parent, String name) {
        return library.children(location, parent).stream()
                .filter(child -> child.name().equals(name))
                .map(Stored.KnownEntry::uuid)
                .findFirst();
    }

    private static String withSlash(String directory) {
        return directory.endsWith("/") ? directory : directory + "/";
    }
}
