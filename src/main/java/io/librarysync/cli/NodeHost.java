package io.librarysync.cli;

import java.util.List;

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
}
