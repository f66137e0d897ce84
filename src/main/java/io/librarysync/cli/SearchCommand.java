package io.librarysync.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Finds entries by name. */
@Command(description = "Prints the path of each entry whose name contains TEXT, ignoring case, one per line.")
final class SearchCommand extends DeviceCommand {

    @Parameters(paramLabel = "TEXT", description = "Part of a name.")
    String text;

    SearchCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(DeviceClient device, Terminal terminal) {
        device.call("Sync", "search(java.lang.String)", text).forEach(path -> terminal.line(path.textValue()));
    }
}
