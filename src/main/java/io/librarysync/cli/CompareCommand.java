package io.librarysync.cli;

import io.librarysync.cli.DeviceClient.Parameter;
import io.librarysync.export.SnapshotJson;
import io.librarysync.history.StoredHistory;
import io.librarysync.history.Window;
import io.librarysync.insight.Comparison;
import io.librarysync.insight.ComparisonJson;
import io.librarysync.insight.ComparisonScreen;
import io.librarysync.jmx.MetricsQuery;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two windows. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Compares two windows, the most unusual difference first.",
            "A window is 1h, yesterday, FROM..TO, epoch:N (see sd sync epochs), or a file that sd sync metrics --json wrote.",
            "A device that does not run is asked for what it has kept; the last moment of that is its now."
        })
final class CompareCommand implements Callable<Integer> {
    private static final String PATH = "/api/sync/metrics";
    private static final String FILE = ".json";

    private final Terminal terminal;
    private final NodeHost host;

    @Parameters(arity = "2", paramLabel = "WINDOW", description = "The two windows, the earlier one first.")
    List<String> windows = List.of();

    @Mixin
    DeviceOptions options = new DeviceOptions();

    @Mixin
    FilterOptions filter = new FilterOptions();

    @Option(names = "--json", description = "JSON instead of a table.")
    boolean json;

    @Option(names = "--limit", paramLabel = "N", description = "Only the N most unusual differences.")
    @Nullable
    Integer limit;

    @Option(names = "--all", description = "Also what is the same on both sides.")
    boolean all;

    CompareCommand(Terminal terminal, NodeHost host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public Integer call() {
        check();
        List<SyncMetricsSnapshot> sides = windows.stream().map(this::side).toList();
        Comparison comparison = shown(Comparison.of(sides.get(0), sides.get(1)));
        terminal.out()
                .println((json
                                ? ComparisonJson.tree(comparison).toPrettyString()
                                : ComparisonScreen.render(comparison, terminal.plainScreen()))
                        .stripTrailing());
        return 0;
    }

    private void check() {
        if (limit != null && limit < 1) {
            throw CommandFailure.wrongUsage("--limit: 1 or more, found \"%d\"".formatted(limit));
        }
        if (filter.isGiven() && windows.stream().anyMatch(this::isFile)) {
            throw CommandFailure.wrongUsage(
                    "--peer, --model: a file holds what was asked for when it was written; filter there");
        }
    }

    private Comparison shown(Comparison comparison) {
        Comparison shown = all ? comparison : comparison.changed();
        return limit == null ? shown : shown.first(limit);
    }

    private SyncMetricsSnapshot side(String window) {
        if (isFile(window)) {
            return read(terminal.absolute(Path.of(window)));
        }
        if (window.endsWith(FILE)) {
            throw CommandFailure.wrongUsage("compare: there is no file %s".formatted(window));
        }
        Optional<StoredHistory> kept = options.keptHistory(terminal, host);
        return kept.isPresent() ? kept(kept.get(), window) : asked(window);
    }

    private boolean isFile(String window) {
        return (window.endsWith(FILE) || window.contains("/")) && Files.exists(terminal.absolute(Path.of(window)));
    }

    private static SyncMetricsSnapshot read(Path file) {
        try {
            return SnapshotJson.read(Files.readString(file));
        } catch (IOException e) {
            throw CommandFailure.couldNot("%s: cannot be read: %s".formatted(file, e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.wrongUsage("%s: %s".formatted(file, e.getMessage()));
        }
    }

    private SyncMetricsSnapshot kept(StoredHistory history, String window) {
        try (history) {
            Window meant = Window.parse(window, history.now(), terminal.zone());
            return new MetricsQuery(meant, filter.peer, filter.model, List.of()).answer(history);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.wrongUsage(String.valueOf(e.getMessage()));
        }
    }

    private SyncMetricsSnapshot asked(String window) {
        List<Parameter> parameters = new ArrayList<>(List.of(new Parameter("window", window)));
        parameters.addAll(filter.parameters());
        parameters.add(new Parameter("zone", terminal.zone().getId()));
        return SnapshotJson.read(options.client(terminal).json(PATH, parameters));
    }
}
