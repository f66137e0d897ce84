package io.librarysync.cli;

import io.librarysync.cli.DeviceClient.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows metrics over time. */
@Command(
        description = {
            "Shows metrics over time, one line for each step.",
            "A metric is named as in the JSON: changes_applied, received_by_route.live, apply_latency_ms.p95.",
            "What is counted is shown per step, a level as of the end of the step."
        })
final class HistoryCommand extends DeviceCommand {
    private static final String PATH = "/api/sync/history";

    @Parameters(
            arity = "0..*",
            paramLabel = "METRIC",
            completionCandidates = MetricNames.class,
            description = "One or more metrics.")
    List<String> metrics = List.of();

    @Mixin
    WindowOptions window = new WindowOptions();

    @Option(
            names = "--step",
            paramLabel = "LENGTH",
            description = "Length of a step, such as 1h; 10s or more, about 60 of them if it is left out.")
    @Nullable
    String step;

    @Mixin
    FilterOptions filter = new FilterOptions();

    @Option(names = "--json", description = "JSON instead of a table.")
    boolean json;

    @Option(names = "--csv", description = "CSV instead of a table.")
    boolean csv;

    @Option(names = "--chart", description = "Also draw every metric, below the table.")
    boolean chart;

    @Mixin
    ScreenOptions screen = new ScreenOptions();

    HistoryCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void check() {
        if (metrics.isEmpty()) {
            throw CommandFailure.wrongUsage(
                    "history: needs a metric, such as changes_applied, bytes_sent or apply_latency_ms.p95");
        }
        if (Stream.of(json, csv, chart).filter(form -> form).count() > 1) {
            throw CommandFailure.wrongUsage("--json, --csv, --chart: they exclude each other; use one of them");
        }
    }

    @Override
    void run(DeviceClient device, Terminal terminal) {
        terminal.out().println(answer(device, terminal).stripTrailing());
    }

    private String answer(DeviceClient device, Terminal terminal) {
        if (json) {
            return device.json(PATH, question(terminal, window.zone(terminal)));
        }
        return csv
                ? device.csv(PATH, question(terminal, window.zone(terminal)))
                : device.text(PATH, question(terminal, looks(terminal)));
    }

    private List<Parameter> question(Terminal terminal, List<Parameter> looks) {
        List<Parameter> parameters = new ArrayList<>();
        metrics.forEach(metric -> parameters.add(new Parameter("metric", metric)));
        parameters.addAll(window.parameters(terminal));
        if (step != null) {
            parameters.add(new Parameter("step", step));
        }
        parameters.addAll(filter.parameters());
        parameters.addAll(looks);
        return parameters;
    }

    private List<Parameter> looks(Terminal terminal) {
        List<Parameter> looks = new ArrayList<>(screen.parameters(terminal));
        if (chart) {
            looks.add(new Parameter("chart", "true"));
        }
        return looks;
    }
}
