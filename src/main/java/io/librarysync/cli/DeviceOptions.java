package io.librarysync.cli;

import io.librarysync.history.StoredHistory;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which device a command talks to: the one of a folder, or one at a URL. */
final class DeviceOptions {
    static final String HOW_TO_START = "start one with: sd start --data DIR --name NAME";
    private static final Set<String> SCHEMES = Set.of("http", "https");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the device (else $$SD_DATA, else librarysync/default in the XDG data directory).")
    @Nullable
    Path data;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Address of the device, with --token-file, instead of --data (else $$SD_URL).")
    @Nullable
    String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the device's token, for --url (else $$SD_TOKEN_FILE).")
    @Nullable
    Path tokenFile;

    /** The folder meant. */
    Path directory(Terminal terminal) {
        if (data != null) {
            return terminal.absolute(data);
        }
        String named = terminal.variable("SD_DATA");
        return named != null ? terminal.absolute(Path.of(named)) : defaultDirectory(terminal);
    }

    /** Whether the device is named by its folder. */
    boolean onThisMachine(Terminal terminal) {
        return address(terminal) == null;
    }

    /** What the running device of the folder tells about itself. */
    NodeFile node(Terminal terminal) {
        if (!onThisMachine(terminal)) {
            throw CommandFailure.wrongUsage("--url: this command needs the folder of the device; use --data DIR");
        }
        Path directory = directory(terminal);
        NodeFile node = NodeFile.read(directory)
                .orElseThrow(() ->
                        CommandFailure.couldNot("no device is running in %s; %s".formatted(directory, HOW_TO_START)));
        if (node.process().isEmpty()) {
            throw CommandFailure.couldNot("no device is running in %s (its last process, %d, is gone); %s"
                    .formatted(directory, node.pid(), HOW_TO_START));
        }
        return node;
    }

    /** What the device of the folder has kept; empty if it runs, and for a device at a URL. */
    Optional<StoredHistory> keptHistory(Terminal terminal, NodeHost host) {
        return stopped(terminal).flatMap(host::keptHistory);
    }

    /** The same with its events. */
    Optional<KeptPast> keptPast(Terminal terminal, NodeHost host) {
        return stopped(terminal).flatMap(host::keptPast);
    }

    /** The folder, unless a device runs in it. */
    private Optional<Path> stopped(Terminal terminal) {
        return Optional.of(terminal)
                .filter(this::onThisMachine)
                .map(this::directory)
                .filter(directory ->
                        NodeFile.read(directory).flatMap(NodeFile::process).isEmpty());
    }

    /**
     * Who is asked.
     *
     * @param name of the device, or its address if it is named by that
     * @param process tells one process of the device from the next; 0 if it is named by its address
     * @param begin likewise
     */
    record Asked(String name, long process, long begin) {}

    Asked asked(Terminal terminal) {
        URI address = address(terminal);
        if (address != null) {
            return new Asked(address.getAuthority(), 0, 0);
        }
        NodeFile node = node(terminal);
        return new Asked(node.name(), node.pid(), node.pidStartedEpochMillis());
    }

    DeviceClient client(Terminal terminal) {
        URI address = address(terminal);
        if (address == null) {
            NodeFile node = node(terminal);
            return new DeviceClient(
                    URI.create(node.http()), token(directory(terminal).resolve("http.token")));
        }
        return new DeviceClient(address, token(tokenFileOf(terminal)));
    }

    private @Nullable URI address(Terminal terminal) {
        if (url != null && data != null) {
            throw CommandFailure.wrongUsage("--url, --data: they name two devices; use one of them");
        }
        if (url != null) {
            return httpAddress("--url", url);
        }
        String named = terminal.variable("SD_URL");
        return named == null || data != null || terminal.variable("SD_DATA") != null
                ? null
                : httpAddress("SD_URL", named);
    }

    private static URI httpAddress(String source, String text) {
        URI address = uri(text);
        if (address == null || address.getHost() == null || !SCHEMES.contains(String.valueOf(address.getScheme()))) {
            throw CommandFailure.wrongUsage("%s: cannot use \"%s\"; try http://127.0.0.1:8778".formatted(source, text));
        }
        return address;
    }

    private static @Nullable URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private Path tokenFileOf(Terminal terminal) {
        if (tokenFile != null) {
            return terminal.absolute(tokenFile);
        }
        String named = terminal.variable("SD_TOKEN_FILE");
        if (named == null) {
            throw CommandFailure.wrongUsage("--url: needs the device's token; add --token-file DIR/http.token");
        }
        return terminal.absolute(Path.of(named));
    }

    private static String token(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw CommandFailure.couldNot(
                    "token: cannot read %s; use the account that started the device, or --token-file FILE"
                            .formatted(file));
        }
    }

    private static Path defaultDirectory(Terminal terminal) {
        String xdg = terminal.variable("XDG_DATA_HOME");
        Path base = xdg != null
                ? Path.of(xdg)
                : Path.of(terminal.environment().getOrDefault("HOME", "")).resolve(".local/share");
        return terminal.absolute(base.resolve("librarysync").resolve("default"));
    }
}
