package io.librarysync.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the other devices. */
@Command(description = "Shows the other devices of the library, and how far behind each is.")
final class PartnersCommand extends DeviceCommand {
    private static final String PATH = "/api/sync/partners";

    @Option(names = "--json", description = "JSON instead of a table.")
    boolean json;

    @Mixin
    ScreenOptions screen = new ScreenOptions();

    PartnersCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(DeviceClient device, Terminal terminal) {
        String answer = json ? device.json(PATH, List.of()) : device.text(PATH, screen.parameters(terminal));
        terminal.out().println(answer.stripTrailing());
    }
}
