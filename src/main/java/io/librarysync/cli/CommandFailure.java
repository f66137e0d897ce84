package io.librarysync.cli;

import java.io.IOException;
import java.io.Serial;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Ends a command with one line on standard error: what was wrong, what was found, what to do. */
public final class CommandFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int COULD_NOT = 1;
    private static final int WRONG_USAGE = 2;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** It could not be done: exit code 1. */
    public static CommandFailure couldNot(String message) {
        return new CommandFailure(COULD_NOT, message);
    }

    /** Something could not be done with a file: says which, what and why. */
    public static CommandFailure ofFile(Path file, String what, IOException cause) {
        return couldNot("%s: %s: %s".formatted(file, what, reason(file, cause)));
    }

    /** What people understand: the exceptions of the file system say no more than the path. */
    private static String reason(Path file, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof CharacterCodingException) {
            return "it is not text in UTF-8";
        }
        String reason = cause instanceof FileSystemException failure ? failure.getReason() : cause.getMessage();
        return reason == null || reason.equals(file.toString())
                ? cause.getClass().getSimpleName()
                : reason;
    }

    /** It was asked for in a wrong way: exit code 2. */
    public static CommandFailure wrongUsage(String message) {
        return new CommandFailure(WRONG_USAGE, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
