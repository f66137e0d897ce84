package io.librarysync.engine;

import io.librarysync.domain.Fault;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Why a file or directory cannot be read, in words for whoever has to do something about it. */
final class ReadFailure {
    private ReadFailure() {}

    /** @param what the kind of thing at {@code path} */
    static Fault fault(String what, Path path, String reason) {
        return new Fault("unreadable", what + " " + path + " cannot be read: " + reason);
    }

    static String reasonOf(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "no permission; allow the user of this program to read it";
        }
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return reason != null ? reason : e.getClass().getSimpleName();
    }
}
