package io.librarysync.cli;

import picocli.CommandLine.Command;

/** Keeps the numbers of this moment. */
@Command(description = "Stores a snapshot of the metrics now and prints its number.")
final class SnapshotCommand extends DeviceCommand {

    SnapshotCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(DeviceClient device, Terminal terminal) {
        terminal.out().println(device.call("Metrics", "captureSnapshot()").asText());
    }
}
