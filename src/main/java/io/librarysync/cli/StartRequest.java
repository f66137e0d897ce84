package io.librarysync.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code sd start} was asked for.
 *
 * @param directory the folder of the device
 * @param configFile a further file of settings
 * @param preset the name of a set of settings
 * @param assignments single settings, the later ones win
 * @param locations directories to index in any case
 */
public record StartRequest(
        Path directory,
        @Nullable Path configFile,
        @Nullable String preset,
        List<Assignment> assignments,
        List<Path> locations) {

    public StartRequest {
        assignments = List.copyOf(assignments);
        locations = List.copyOf(locations);
    }

    /** Nothing asked for but the folder: the settings that a device there would have by itself. */
    public static StartRequest of(Path directory) {
        return new StartRequest(directory, null, null, List.of(), List.of());
    }
}
