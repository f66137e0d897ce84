package io.librarysync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.librarysync.cli.DeviceClient.Parameter;
import io.librarysync.events.SyncEvent;
import io.librarysync.events.SyncEventType;
import io.librarysync.export.EventJson;
import io.librarysync.export.TimelineScreen;
import io.librarysync.export.TimelineScreen.Recorded;
import io.librarysync.history.Epoch;
import io.librarysync.history.Window;
import io.librarysync.metrics.EpochInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Draws states and sessions over time. */
@Command(
        description =
                "Draws the state of sync and the sessions with each peer over time, of the last hour unless said.")
final class TimelineCommand extends DeviceCommand {
    private static final String PATH = "/api/sync/events";
    private static final String EPOCHS = "/api/sync/epochs";
    private static final String LAST_HOUR = "1h";
    private static final String ALL = "100000";

    @Mixin
    WindowOptions window = new WindowOptions();

    TimelineCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(DeviceClient device, Terminal terminal) {
        var unused = window.parameters(terminal);
        Instant now = Instant.ofEpochMilli(terminal.clock().millis());
        Window.Between between =
                Window.between(window.since == null ? LAST_HOUR : window.since, window.until, now, terminal.zone());
        Instant from = Objects.requireNonNull(between.since());
        Instant to = between.until() == null ? now : between.until();
        List<SyncEvent> events = ask(device, moments(from, between.until(), ALL, TimelineScreen.TYPES));
        List<SyncEvent> before = ask(device, moments(null, from, "1", List.of(SyncEventType.STATE_TRANSITION)));
        terminal.out()
                .print(TimelineScreen.render(
                        events,
                        before.isEmpty() ? null : before.get(0),
                        recorded(device),
                        from,
                        to,
                        terminal.plainScreen()));
        terminal.out().flush();
    }

    private static List<SyncEvent> ask(DeviceClient device, List<Parameter> parameters) {
        List<SyncEvent> events = new ArrayList<>();
        device.tree(PATH, parameters).forEach(event -> events.add(EventJson.read(event)));
        Collections.reverse(events);
        return events;
    }

    private static List<Recorded> recorded(DeviceClient device) {
        List<Recorded> recorded = new ArrayList<>();
        device.tree(EPOCHS, List.of()).path("epochs").forEach(epoch -> recorded.add(stretch(epoch)));
        return recorded;
    }

    /** Where a reset ends an epoch, the next one begins, and the state goes on. */
    private static Recorded stretch(JsonNode epoch) {
        String ended = epoch.path("ended_at").asText();
        boolean goesOn = ended.isEmpty() || epoch.path("ended_by").asText().equals(Epoch.Ending.RESET.label());
        return new Recorded(
                Instant.parse(epoch.path("started_at").asText()),
                epoch.path("opened_by").asText().equals(EpochInfo.START),
                goesOn ? null : Instant.parse(ended));
    }

    private static List<Parameter> moments(
            @Nullable Instant since, @Nullable Instant until, String limit, Collection<SyncEventType> types) {
        List<Parameter> parameters = new ArrayList<>();
        if (since != null) {
            parameters.add(new Parameter("since", since.toString()));
        }
        if (until != null) {
            parameters.add(new Parameter("until", until.toString()));
        }
        types.stream().sorted().forEach(type -> parameters.add(new Parameter("event_type", type.label())));
        parameters.add(new Parameter("limit", limit));
        return parameters;
    }
}
