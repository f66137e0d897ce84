package io.librarysync.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The first start in a folder: unless it succeeds, what it made there is taken back, so that the next one may choose another
 * library. Any other start keeps everything.
 */
final class FirstStart implements AutoCloseable {
    private final List<Path> made;
    private boolean succeeded;

    private FirstStart(List<Path> made) {
        this.made = List.copyOf(made);
    }

    /** To be asked before anything is put into the folder. */
    static FirstStart in(DeviceFolder folder) {
        return new FirstStart(
                folder.known().isPresent()
                        ? List.of()
                        : folder.keptFiles().filter(Files::notExists).toList());
    }

    void succeeded() {
        succeeded = true;
    }

    @Override
    public void close() throws IOException {
        if (!succeeded) {
            for (Path file : made) {
                Files.deleteIfExists(file);
            }
        }
    }
}
