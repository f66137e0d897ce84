package io.librarysync.cli;

import io.librarysync.history.StoredHistory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the command line needs from the one who can put a device together. */
public interface NodeHost {

    /**
     * Runs one device until the process is told to stop, after printing the ready line to the terminal.
     *
     * @throws CommandFailure when it cannot start
     */
    void run(StartRequest request, Terminal terminal);

    /**
     * The settings such a device would have, each with where it comes from, in a fixed order.
     *
     * @throws CommandFailure when one of them is unknown or out of range
     */
    List<Assignment> settings(StartRequest request);

    /**
     * What the device of a folder has kept of its metrics, for reading while it does not run; empty if that is nothing. The
     * caller closes it.
     *
     * @throws CommandFailure when it cannot be read
     */
    default Optional<StoredHistory> keptHistory(Path directory) {
        return keptPast(directory).map(KeptPast::history);
    }

    /** The same with its events. */
    default Optional<KeptPast> keptPast(Path directory) {
        return Optional.empty();
    }
}
