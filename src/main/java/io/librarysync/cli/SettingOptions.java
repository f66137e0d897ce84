package io.librarysync.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the settings of a device come from; a later flag of this list wins over the earlier ones. */
final class SettingOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the device (else $$SD_DATA, else librarysync/default in the XDG data directory).")
    @Nullable
    Path data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings as key=value lines, over those of DIR/config.properties.")
    @Nullable
    Path config;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "A set of settings: aggressive, conservative or mobile.")
    @Nullable
    String preset;

    @Option(names = "--set", paramLabel = "key=value", description = "One setting; may be repeated.")
    List<String> sets = new ArrayList<>();

    StartRequest request(Terminal terminal, List<Assignment> flags, List<Path> locations) {
        DeviceOptions device = new DeviceOptions();
        device.data = data;
        List<Assignment> assignments = new ArrayList<>();
        sets.forEach(set -> assignments.add(assignment(set)));
        assignments.addAll(flags);
        return new StartRequest(
                device.directory(terminal),
                config == null ? null : terminal.absolute(config),
                preset,
                assignments,
                locations);
    }

    private static Assignment assignment(String set) {
        int equals = set.indexOf('=');
        if (equals < 1) {
            throw CommandFailure.wrongUsage(
                    "--set: cannot read \"%s\"; try key=value, and see sd config for the keys".formatted(set));
        }
        return new Assignment(
                set.substring(0, equals).strip(), set.substring(equals + 1).strip(), "--set");
    }
}
