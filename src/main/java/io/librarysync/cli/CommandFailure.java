package io.librarysync.cli;

import java.io.Serial;

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

    /** It was asked for in a wrong way: exit code 2. */
    public static CommandFailure wrongUsage(String message) {
        return new CommandFailure(WRONG_USAGE, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
