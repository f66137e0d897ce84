package io.librarysync.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the settings in force, and from where. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Prints every setting in force, and where it comes from.",
            "Those of the running device; without one, or with --config, --preset or --set, those it would start with."
        })
final class ConfigCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final NodeHost host;

    @Mixin
    SettingOptions options = new SettingOptions();

    ConfigCommand(Terminal terminal, NodeHost host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public Integer call() {
        StartRequest request = options.request(terminal, List.of(), List.of());
        List<Assignment> settings = inForce(request);
        int width = settings.stream()
                .mapToInt(setting -> line(setting).length())
                .max()
                .orElse(0);
        for (Assignment setting : settings) {
            String line = line(setting);
            terminal.out().println(line + " ".repeat(width - line.length()) + "  # " + setting.source());
        }
        return 0;
    }

    private static String line(Assignment setting) {
        return setting.key() + '=' + setting.value();
    }

    private List<Assignment> inForce(StartRequest request) {
        if (!request.equals(StartRequest.of(request.directory()))) {
            return host.settings(request);
        }
        return NodeFile.read(request.directory())
                .filter(node -> node.process().isPresent())
                .map(NodeFile::settings)
                .orElseGet(() -> host.settings(request));
    }
}
