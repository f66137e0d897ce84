package io.librarysync.cli;

import io.librarysync.cli.DeviceClient.Parameter;
import io.librarysync.cli.Watched.Frame;
import io.librarysync.metrics.Category;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the metrics. */
@Command(
        description = {
            "Shows what sync has done since the device started, or was reset, or over any stretch of time.",
            "A moment T is how long ago (90m, 2d, \"1 hour ago\"), a time (\"2025-10-23 10:00:00\", "
                    + "2025-10-23T10:00:00Z), today or yesterday."
        })
final class MetricsCommand extends DeviceCommand {
    private static final String PATH = "/api/sync/metrics";
    private static final String SCRAPE = "/metrics";
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    /** What an answer may look like. */
    enum Format {
        TEXT,
        JSON,
        PROM
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

    @Mixin
    FilterOptions filter = new FilterOptions();

    @Option(names = "--limit", paramLabel = "N", description = "How many recent errors the screen shows (10).")
    @Nullable
    Integer limit;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "text, json, or prom: what Prometheus scrapes (text).")
    @Nullable
    Format format;

    @Option(names = "--json", description = "The same as --format json.")
    boolean json;

    @Mixin
    WatchOptions watch = new WatchOptions();

    @Mixin
    ScreenOptions screen = new ScreenOptions();

    MetricsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        watch.check();
        if (isForPrometheus()) {
            refuseWhatIsNotForPrometheus();
        }
        return watch.isWanted() ? watch(terminal()) : super.call();
    }

    @Override
    void run(DeviceClient device, Terminal terminal) {
        terminal.out().println(answer(device, terminal).stripTrailing());
    }

    private String answer(DeviceClient device, Terminal terminal) {
        if (isJson()) {
            return device.json(PATH, jsonParameters(terminal));
        }
        if (isForPrometheus()) {
            return device.text(SCRAPE, List.of());
        }
        return device.text(PATH, screenParameters(terminal, sections()));
    }

    private int watch(Terminal terminal) {
        if (window.until != null) {
            throw CommandFailure.wrongUsage("--watch, --until: what is over does not change; leave out one of them");
        }
        Watched device = new Watched(options, terminal);
        Pace pace = watch.pace();
        Supplier<LiveScreen> live = terminal.live();
        if (isJson()) {
            return new FrameStream(device, pace, terminal).run(client -> inOneLine(client, terminal), Frame::text);
        }
        if (live == null) {
            return new FrameStream(device, pace, terminal)
                    .run(client -> trend(client, terminal, sections()), MetricsCommand::separated);
        }
        new LiveWatch(device, pace, terminal, (client, shown) -> trend(client, terminal, shown), sections()).run(live);
        return 0;
    }

    private String inOneLine(DeviceClient device, Terminal terminal) {
        return device.tree(PATH, jsonParameters(terminal)).toString();
    }

    private String trend(DeviceClient device, Terminal terminal, Set<Category> shown) {
        List<Parameter> parameters = screenParameters(terminal, shown);
        parameters.add(new Parameter("trend", "true"));
        return device.text(PATH, parameters);
    }

    private static String separated(Frame frame) {
        return "--- " + TIME.format(frame.at()) + "\n" + frame.text().stripTrailing();
    }

    private boolean isJson() {
        if (json && format != null && format != Format.JSON) {
            throw CommandFailure.wrongUsage("--json, --format %s: they contradict each other; leave out one of them"
                    .formatted(format.name().toLowerCase(Locale.ROOT)));
        }
        return json || format == Format.JSON;
    }

    private boolean isForPrometheus() {
        return !isJson() && format == Format.PROM;
    }

    /** Windows, filters and repetition are what Prometheus itself does. */
    private void refuseWhatIsNotForPrometheus() {
        refuse("--since", window.since != null);
        refuse("--until", window.until != null);
        refuse("--peer", filter.peer != null);
        refuse("--model", filter.model != null);
        refuse("--watch", watch.isWanted());
        refuse("--limit", limit != null);
        sections().forEach(section -> refuse("--" + section.json().replace('_', '-'), true));
    }

    private static void refuse(String option, boolean given) {
        if (given) {
            throw CommandFailure.wrongUsage(
                    option
                            + ", --format prom: the page for Prometheus is always all of the run so far; leave out one of them");
        }
    }

    private List<Parameter> jsonParameters(Terminal terminal) {
        if (limit != null) {
            throw CommandFailure.wrongUsage("--limit: is for the screen; --json has all recent errors that are kept");
        }
        List<Parameter> parameters = filters(terminal, sections());
        parameters.addAll(window.zone(terminal));
        return parameters;
    }

    private List<Parameter> screenParameters(Terminal terminal, Set<Category> shown) {
        List<Parameter> parameters = filters(terminal, shown);
        parameters.addAll(screen.parameters(terminal));
        return parameters;
    }

    /** The sections asked for; none for all. */
    private Set<Category> sections() {
        Set<Category> sections = EnumSet.noneOf(Category.class);
        add(sections, Category.STATE, state);
        add(sections, Category.OPERATIONS, operations);
        add(sections, Category.DATA_VOLUME, dataVolume);
        add(sections, Category.PERFORMANCE, performance);
        add(sections, Category.ERRORS, errors);
        return sections;
    }

    private List<Parameter> filters(Terminal terminal, Set<Category> shown) {
        List<Parameter> parameters = new ArrayList<>(window.parameters(terminal));
        parameters.addAll(filter.parameters());
        if (limit != null) {
            parameters.add(new Parameter("limit", limit.toString()));
        }
        shown.stream().sorted().forEach(section -> parameters.add(new Parameter("category", section.json())));
        return parameters;
    }

    private static void add(Set<Category> sections, Category section, boolean wanted) {
        if (wanted) {
            sections.add(section);
        }
    }
}
