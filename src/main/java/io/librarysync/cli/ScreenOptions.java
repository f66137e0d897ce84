package io.librarysync.cli;

import io.librarysync.cli.DeviceClient.Parameter;
import java.util.List;
import picocli.CommandLine.Option;

/** How a screen, which the device renders, should look where it is shown. */
final class ScreenOptions {

    @Option(names = "--no-color", description = "No colours, on a terminal either.")
    boolean noColor;

    List<Parameter> parameters(Terminal terminal) {
        return List.of(
                new Parameter("zone", terminal.zone().getId()),
                new Parameter("color", String.valueOf(terminal.colour() && !noColor)),
                new Parameter("ascii", String.valueOf(!terminal.unicode())));
    }
}
