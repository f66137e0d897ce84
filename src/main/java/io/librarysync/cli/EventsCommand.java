package io.librarysync.cli;

import io.librarysync.cli.DeviceClient.Parameter;
import io.librarysync.events.EventQuery;
import io.librarysync.events.LibraryEvents;
import io.librarysync.events.SyncEvent;
import io.librarysync.export.EventFormat;
import io.librarysync.export.EventJson;
import io.librarysync.export.EventSources;
import io.librarysync.export.Formats;
import io.librarysync.export.LibraryEventsJson;
import io.librarysync.history.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what happened. */
@Command(
        description = {
            "Shows what happened, event by event, the newest first.",
            "Of a device that does not run, what it has kept."
        })
final class EventsCommand extends DeviceCommand {
    private static final String PATH = "/api/sync/events";
    private static final Set<EventFormat> LINE_BY_LINE = Set.of(EventFormat.TEXT, EventFormat.NDJSON, EventFormat.CSV);

    @Mixin
    WindowOptions window = new WindowOptions();

    @Mixin
    FilterOptions filter = new FilterOptions();

    @Mixin
    EventOptions kinds = new EventOptions();

    @Option(names = "--limit", paramLabel = "N", description = "How many at most; 1,000 if it is left out.")
    @Nullable
    String limit;

    @Option(names = "--offset", paramLabel = "N", description = "How many of the first ones to leave out.")
    @Nullable
    String offset;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            completionCandidates = FormatNames.class,
            description = "text, json, ndjson, csv, sql or markdown (text); all but text hold every column.")
    @Nullable
    String format;

    @Option(names = "--json", description = "The same as --format json.")
    boolean json;

    @Option(
            names = {"-F", "--follow"},
            description = "Go on and show events as they happen; with --since begin with those of the past.")
    boolean follow;

    @Option(
            names = "--all-devices",
            description = {
                "Ask every device that is online too, for 5 s at most; times are corrected by how far their clocks are off.",
                "Who did not answer is named on standard error."
            })
    boolean allDevices;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to a file instead.")
    @Nullable
    Path output;

    static final class FormatNames extends Labels {
        FormatNames() {
            super(EventFormat.values());
        }
    }

    private final NodeHost host;

    EventsCommand(Terminal terminal, NodeHost host) {
        super(terminal);
        this.host = host;
    }

    @Override
    void check() {
        kinds.check();
        EventFormat form = form();
        if (!follow) {
            return;
        }
        if (output != null || window.until != null || limit != null || offset != null) {
            throw CommandFailure.wrongUsage("--follow: has no end; leave out --until, --limit, --offset and --output");
        }
        if (allDevices) {
            throw CommandFailure.wrongUsage(
                    "--follow: shows the events of one device; follow each of them, or leave out --all-devices");
        }
        if (!LINE_BY_LINE.contains(form)) {
            throw CommandFailure.wrongUsage("--follow: shows one event after the other; use text, ndjson or csv");
        }
    }

    private EventFormat form() {
        EventFormat named = named();
        if (json && format != null && named != EventFormat.JSON) {
            throw CommandFailure.wrongUsage("--json, --format: there is one form; leave out one of them");
        }
        return json ? EventFormat.JSON : named;
    }

    private EventFormat named() {
        try {
            return format == null ? EventFormat.TEXT : EventFormat.ofLabel(format);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.wrongUsage("--" + e.getMessage());
        }
    }

    @Override
    public Integer call() {
        check();
        Optional<KeptPast> kept = options.keptPast(terminal(), host);
        if (kept.isPresent()) {
            show(kept.get());
            return 0;
        }
        return follow ? feed().run() : super.call();
    }

    private EventFeed feed() {
        List<Parameter> parameters = parameters(terminal());
        parameters.addAll(window.zone(terminal()));
        return new EventFeed(() -> options.client(terminal()), parameters, form(), terminal());
    }

    /** Those that a device has kept that does not run. */
    private void show(KeptPast kept) {
        try (kept) {
            String stopped = "the device in %s does not run".formatted(options.directory(terminal()));
            if (follow || allDevices) {
                throw CommandFailure.couldNot("%s: %s and can neither be followed nor ask others; %s"
                        .formatted(follow ? "--follow" : "--all-devices", stopped, DeviceOptions.HOW_TO_START));
            }
            List<SyncEvent> events = kept.find(query(kept));
            terminal().err().println("sd: %s; these are events that it has kept".formatted(stopped));
            print(events.size(), form().render(events, terminal().plainScreen()), terminal());
        }
    }

    private EventQuery query(KeptPast kept) {
        Window.Between between = window.between(terminal());
        try {
            return new EventQuery(
                    kinds.filter(between, kept.peerId(filter.peer), kept.modelName(filter.model)),
                    kinds.isOfSession(),
                    EventQuery.count("limit", limit, EventQuery.STANDARD_LIMIT),
                    EventQuery.count("offset", offset, 0));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.wrongUsage(String.valueOf(e.getMessage()));
        }
    }

    @Override
    void run(DeviceClient device, Terminal terminal) {
        if (allDevices) {
            LibraryEvents all = LibraryEventsJson.read(device.tree(PATH, question(terminal)));
            EventSources.missing(all.devices())
                    .forEach(missing -> terminal.err().println("sd: " + missing));
            String text = form().renderOfLibrary(all.events(), terminal.plainScreen());
            print(all.events().size(), text + clocks(all), terminal);
        } else {
            List<SyncEvent> events = new ArrayList<>();
            device.tree(PATH, question(terminal)).forEach(event -> events.add(EventJson.read(event)));
            print(events.size(), form().render(events, terminal.plainScreen()), terminal);
        }
    }

    /** The other forms have a column for it. */
    private String clocks(LibraryEvents all) {
        return form() == EventFormat.TEXT
                ? EventSources.clocks(all.devices()).stream()
                        .map(line -> line + "\n")
                        .collect(Collectors.joining())
                : "";
    }

    private void print(int events, String text, Terminal terminal) {
        if (output == null) {
            terminal.out().print(text);
            terminal.out().flush();
        } else {
            export(events, text, terminal.absolute(output), terminal);
        }
    }

    private List<Parameter> question(Terminal terminal) {
        List<Parameter> parameters = parameters(terminal);
        parameters.addAll(window.zone(terminal));
        if (limit != null) {
            parameters.add(new Parameter("limit", limit));
        }
        if (offset != null) {
            parameters.add(new Parameter("offset", offset));
        }
        if (allDevices) {
            parameters.add(new Parameter("all_devices", "true"));
        }
        return parameters;
    }

    private List<Parameter> parameters(Terminal terminal) {
        List<Parameter> parameters = new ArrayList<>(window.parameters(terminal));
        parameters.addAll(filter.parameters());
        parameters.addAll(kinds.parameters());
        return parameters;
    }

    private static void export(int events, String text, Path file, Terminal terminal) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw CommandFailure.ofFile(file, "cannot be written", e);
        }
        terminal.err().println("Exported %s to %s".formatted(Formats.count(events, "event"), file));
    }
}
