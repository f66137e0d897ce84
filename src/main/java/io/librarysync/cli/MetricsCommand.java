package io.librarysync.cli;

import io.librarysync.cli.DeviceClient.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the metrics. */
@Command(
        name = "metrics",
        description = {
            "Shows what sync has done since the device started, or was reset, or over any stretch of time.",
            "A moment T is how long ago (90m, 2d, \"1 hour ago\"), a time (\"2025-10-23 10:00:00\", "
                    + "2025-10-23T10:00:00Z), today or yesterday."
        })
final class MetricsCommand extends DeviceCommand {
    private static final String PATH = "/api/sync/metrics";

    /** What an answer may look like. */
    enum Format {
        TEXT,
        JSON
    }

    @Option(names = "--state", description = "Only this section; sections add up.")
    boolean state;

    @Option(names = "--operations", description = "Only this section; sections add up.")
    boolean operations;

    @Option(names = "--data-volume", description = "Only this section; sections add up.")
    boolean dataVolume;

    @Option(names = "--performance", description = "Only this section; sections add up.")
    boolean performance;

    @Option(names = "--errors", description = "Only this section; sections add up.")
    boolean errors;

    @Mixin
    WindowOptions window = new WindowOptions();

    @Option(
            names = "--peer",
            paramLabel = "ID",
            description =
                    "Only what concerns one device: a name, a UUID, the first 4 or more characters of one, or self.")
    @Nullable
    String peer;

    @Option(names = "--model", paramLabel = "MODEL", description = "Only what concerns one model, such as entry.")
    @Nullable
    String model;

    @Option(names = "--limit", paramLabel = "N", description = "How many recent errors the screen shows (10).")
    @Nullable
    Integer limit;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "text or json (text).")
    Format format = Format.TEXT;

    @Option(names = "--json", description = "The same as --format json.")
    boolean json;

    @Mixin
    ScreenOptions screen = new ScreenOptions();

    MetricsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(DeviceClient device, Terminal terminal) {
        if (json || format == Format.JSON) {
            if (limit != null) {
                throw CommandFailure.wrongUsage(
                        "--limit: is for the screen; --json has all recent errors that are kept");
            }
            List<Parameter> parameters = filters(terminal);
            parameters.addAll(window.zone(terminal));
            terminal.out().println(device.json(PATH, parameters).stripTrailing());
        } else {
            List<Parameter> parameters = filters(terminal);
            parameters.addAll(screen.parameters(terminal));
            terminal.out().println(device.text(PATH, parameters).stripTrailing());
        }
    }

    private List<Parameter> filters(Terminal terminal) {
        List<Parameter> parameters = new ArrayList<>(window.parameters(terminal));
        add(parameters, "peer", peer);
        add(parameters, "model", model);
        add(parameters, "limit", limit == null ? null : limit.toString());
        category(parameters, "state", state);
        category(parameters, "operations", operations);
        category(parameters, "data_volume", dataVolume);
        category(parameters, "performance", performance);
        category(parameters, "errors", errors);
        return parameters;
    }

    private static void category(List<Parameter> parameters, String name, boolean wanted) {
        add(parameters, "category", wanted ? name : null);
    }

    private static void add(List<Parameter> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.add(new Parameter(name, value));
        }
    }
}
