package io.librarysync.cli;

import io.librarysync.cli.DeviceClient.Parameter;
import io.librarysync.events.EventCategory;
import io.librarysync.events.EventFilter;
import io.librarysync.events.Severity;
import io.librarysync.events.SyncEventType;
import io.librarysync.history.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which kinds of events are asked for. */
final class EventOptions {

    @Option(
            names = "--event-type",
            paramLabel = "TYPE",
            completionCandidates = Types.class,
            description = "Only events of a type, such as sync_error; may be repeated.")
    List<String> types = List.of();

    @Option(
            names = "--category",
            paramLabel = "CATEGORY",
            completionCandidates = Categories.class,
            description = "Only lifecycle, data_flow, network or error; may be repeated.")
    List<String> categories = List.of();

    @Option(
            names = "--severity",
            paramLabel = "SEVERITY",
            completionCandidates = Severities.class,
            description = "Only debug, info, warning or error; may be repeated.")
    List<String> severities = List.of();

    @Option(
            names = "--correlation-id",
            paramLabel = "ID",
            description = "Only what belongs to a session, by its id or the first 8 characters of it, oldest first.")
    List<String> correlations = List.of();

    static final class Types extends Labels {
        Types() {
            super(SyncEventType.values());
        }
    }

    static final class Categories extends Labels {
        Categories() {
            super(EventCategory.values());
        }
    }

    static final class Severities extends Labels {
        Severities() {
            super(Severity.values());
        }
    }

    boolean isOfSession() {
        return !correlations.isEmpty();
    }

    /** Refuses what is not there, naming what is. */
    void check() {
        check("--event-type", types, SyncEventType::ofLabel);
        check("--category", categories, EventCategory::ofLabel);
        check("--severity", severities, Severity::ofLabel);
        check("--correlation-id", correlations, EventOptions::requireSession);
    }

    private static void requireSession(String id) {
        var unused = new EventFilter(null, null, Set.of(), Set.of(), Set.of(), null, null, Set.of(id));
    }

    private static void check(String option, List<String> values, Consumer<String> reader) {
        try {
            values.forEach(reader);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.wrongUsage(option + ": " + e.getMessage());
        }
    }

    /** What was asked for, in a stretch of time. */
    EventFilter filter(Window.Between window, @Nullable String peer, @Nullable String model) {
        return new EventFilter(
                window.since(),
                window.until(),
                constants(types, SyncEventType::ofLabel),
                constants(categories, EventCategory::ofLabel),
                constants(severities, Severity::ofLabel),
                peer,
                model,
                Set.copyOf(correlations));
    }

    private static <T> Set<T> constants(List<String> labels, Function<String, T> parse) {
        return labels.stream().map(parse).collect(Collectors.toUnmodifiableSet());
    }

    List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        add(parameters, "event_type", types);
        add(parameters, "category", categories);
        add(parameters, "severity", severities);
        add(parameters, "correlation_id", correlations);
        return parameters;
    }

    private static void add(List<Parameter> parameters, String name, List<String> values) {
        values.forEach(value -> parameters.add(new Parameter(name, value)));
    }
}
