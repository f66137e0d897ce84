package io.librarysync.cli;

import io.librarysync.cli.DeviceClient.Parameter;
import io.librarysync.export.EpochsJson;
import io.librarysync.export.EpochsScreen;
import io.librarysync.history.Epoch;
import io.librarysync.history.StoredHistory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the epochs. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Lists the stretches that counting went on for, from a start, a reset or a switching on to the next.",
            "Their numbers are those of epoch:N. A device that does not run is asked for what it has kept."
        })
final class EpochsCommand implements Callable<Integer> {
    private static final String PATH = "/api/sync/epochs";

    private final Terminal terminal;
    private final NodeHost host;

    @Mixin
    DeviceOptions options = new DeviceOptions();

    @Option(names = "--json", description = "JSON instead of a table.")
    boolean json;

    EpochsCommand(Terminal terminal, NodeHost host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public Integer call() {
        Optional<StoredHistory> kept = options.keptHistory(terminal, host);
        terminal.out().println(kept.map(this::kept).orElseGet(this::asked).stripTrailing());
        return 0;
    }

    private String kept(StoredHistory history) {
        try (history) {
            List<Epoch> epochs = history.epochs();
            return json
                    ? EpochsJson.tree(epochs).toPrettyString()
                    : EpochsScreen.render(epochs, terminal.plainScreen());
        }
    }

    private String asked() {
        DeviceClient device = options.client(terminal);
        return json ? device.json(PATH, List.of()) : device.text(PATH, looks());
    }

    private List<Parameter> looks() {
        return List.of(
                new Parameter("zone", terminal.zone().getId()),
                new Parameter("ascii", String.valueOf(!terminal.unicode())));
    }
}
