package io.librarysync.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Adds a tag, and attaches it. */
@Command(description = "Adds a tag to the library and attaches it to the entries at PATH, if any.")
final class TagAddCommand extends DeviceCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The tag.")
    String name;

    @Parameters(index = "1..*", paramLabel = "PATH", description = "Files or directories in a location of the device.")
    List<Path> paths = new ArrayList<>();

    TagAddCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(DeviceClient device, Terminal terminal) {
        List<String> absolute =
                paths.stream().map(terminal::absolute).map(Path::toString).toList();
        device.call("Sync", "addTag(java.lang.String,[Ljava.lang.String;)", name, absolute);
    }
}
