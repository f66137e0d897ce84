package io.librarysync.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Closes the books. */
@Command(description = "Closes the epoch: its last snapshot is stored, and the counters start again at zero.")
final class ResetCommand extends DeviceCommand {

    @Option(names = "--yes", description = "Do not ask first.")
    boolean yes;

    ResetCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(DeviceClient device, Terminal terminal) {
        if (yes || agreed(terminal)) {
            device.call("Metrics", "reset()");
        } else {
            terminal.line("Nothing was reset.");
        }
    }

    private static boolean agreed(Terminal terminal) {
        if (!terminal.interactive()) {
            throw CommandFailure.wrongUsage("reset: nobody can be asked here; add --yes");
        }
        return terminal.confirms("Start all counters again at zero?");
    }
}
