package io.librarysync.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Adds a directory to the library. */
@Command(description = "Adds a directory: it is indexed, watched, and its metadata goes to every device.")
final class LocationAddCommand extends DeviceCommand {

    @Parameters(paramLabel = "PATH", description = "A directory of the device's machine.")
    Path path;

    LocationAddCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(DeviceClient device, Terminal terminal) {
        device.call(
                "Sync", "addLocation(java.lang.String)", terminal.absolute(path).toString());
    }
}
