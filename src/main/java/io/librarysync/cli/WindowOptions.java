package io.librarysync.cli;

import io.librarysync.cli.DeviceClient.Parameter;
import io.librarysync.history.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The stretch of time that is asked about. */
final class WindowOptions {

    @Option(
            names = "--since",
            paramLabel = "T",
            description = "From then on, such as 1h, yesterday, \"2025-10-23 10:00\".")
    @Nullable
    String since;

    @Option(names = "--until", paramLabel = "T", description = "Up to then; now if it is left out.")
    @Nullable
    String until;

    /** What to send to the device, which reads it again: a relative moment means another one each time. */
    List<Parameter> parameters(Terminal terminal) {
        var unused = between(terminal);
        List<Parameter> parameters = new ArrayList<>();
        if (since != null) {
            parameters.add(new Parameter("since", since));
        }
        if (until != null) {
            parameters.add(new Parameter("until", until));
        }
        return parameters;
    }

    /** Where local times are meant, if any may be among them. */
    List<Parameter> zone(Terminal terminal) {
        return since == null && until == null
                ? List.of()
                : List.of(new Parameter("zone", terminal.zone().getId()));
    }

    /** The stretch of time as the clock of this machine has it. */
    Window.Between between(Terminal terminal) {
        Instant now = Instant.ofEpochMilli(terminal.clock().millis());
        try {
            return Window.between(since, until, now, terminal.zone());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.wrongUsage("--" + e.getMessage());
        }
    }
}
