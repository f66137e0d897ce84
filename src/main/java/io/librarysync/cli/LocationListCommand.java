package io.librarysync.cli;

import picocli.CommandLine.Command;

/** Lists the directories of this device. */
@Command(description = "Prints the directories that this device indexes, one per line.")
final class LocationListCommand extends DeviceCommand {

    LocationListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(DeviceClient device, Terminal terminal) {
        device.call("Sync", "listLocations()").forEach(path -> terminal.line(path.textValue()));
    }
}
