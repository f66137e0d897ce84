package io.librarysync.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one device in the foreground. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Runs one device in the foreground until it is stopped.",
            "Prints one line when it is ready: its library is open and its HTTP server is up."
        })
final class StartCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final NodeHost host;

    @Mixin
    SettingOptions settings = new SettingOptions();

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the device, as people call it.")
    @Nullable
    String name;

    @Option(names = "--library", paramLabel = "NAME", description = "Name of the library.")
    @Nullable
    String library;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Where peers reach this device; port 0 picks a free one.")
    @Nullable
    String listen;

    @Option(names = "--peer", paramLabel = "HOST:PORT", description = "A device to meet; may be repeated.")
    List<String> peers = new ArrayList<>();

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            description = "Where the HTTP server listens; port 0 picks a free one.")
    @Nullable
    String http;

    @Option(names = "--insecure-http", description = "Allow --http beyond this machine, without encryption.")
    boolean insecureHttp;

    @Option(names = "--location", paramLabel = "PATH", description = "A directory to index; may be repeated.")
    List<Path> locations = new ArrayList<>();

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "File with the secret that the devices of a library share.")
    @Nullable
    Path secretFile;

    @Option(names = "--jmx", paramLabel = "HOST:PORT", description = "Also serve JMX over RMI there.")
    @Nullable
    String jmx;

    @Option(
            names = "--metrics-db",
            paramLabel = "JDBC-URL",
            description = "Keep the history there, such as jdbc:postgresql://host/database, not in metrics.db.")
    @Nullable
    String metricsDb;

    @Option(names = "--no-metrics", description = "Start with metrics switched off.")
    boolean noMetrics;

    StartCommand(Terminal terminal, NodeHost host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public Integer call() {
        host.run(
                settings.request(
                        terminal,
                        flags(),
                        locations.stream().map(terminal::absolute).toList()),
                terminal);
        return 0;
    }

    private List<Assignment> flags() {
        List<Assignment> flags = new ArrayList<>();
        add(flags, "--name", "name", name);
        add(flags, "--library", "library", library);
        add(flags, "--listen", "listen", listen);
        add(flags, "--peer", "peers", peers.isEmpty() ? null : String.join(",", peers));
        add(flags, "--http", "http", http);
        add(flags, "--insecure-http", "insecure_http", insecureHttp ? "true" : null);
        add(
                flags,
                "--secret-file",
                "secret_file",
                secretFile == null ? null : terminal.absolute(secretFile).toString());
        add(flags, "--jmx", "jmx", jmx);
        add(flags, "--metrics-db", "metrics_db", metricsDb);
        add(flags, "--no-metrics", "enable_metrics", noMetrics ? "false" : null);
        return flags;
    }

    private static void add(List<Assignment> flags, String flag, String key, @Nullable String value) {
        if (value != null) {
            flags.add(new Assignment(key, value, flag));
        }
    }
}
