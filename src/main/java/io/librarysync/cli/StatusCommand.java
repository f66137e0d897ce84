package io.librarysync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.librarysync.cli.DeviceClient.Parameter;
import io.librarysync.jmx.RemoteJmx;
import java.util.List;
import picocli.CommandLine.Command;

/** Says whether a device runs, and how it is. */
@Command(description = "Says whether the device runs, in which state it is, and where it can be reached.")
final class StatusCommand extends DeviceCommand {

    StatusCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(DeviceClient device, Terminal terminal) {
        JsonNode metrics = device.tree("/api/sync/metrics", List.of(new Parameter("category", "state")));
        line(terminal, "Device", named(metrics.path("device")));
        line(terminal, "Library", named(metrics.path("library")));
        line(
                terminal,
                "State",
                metrics.path("enabled").booleanValue()
                        ? state(metrics.path("state"))
                        : "not known while metrics are disabled; switch them on with sd sync enable");
        line(terminal, "HTTP", device.address().toString());
        line(terminal, "Dashboard", device.dashboard().toString());
        if (options.onThisMachine(terminal)) {
            NodeFile node = options.node(terminal);
            line(terminal, "Sync", node.sync());
            if (node.jmx() != null) {
                line(terminal, "JMX", RemoteJmx.url(node.jmx()));
            }
            line(terminal, "Process", String.valueOf(node.pid()));
        }
    }

    private static String state(JsonNode state) {
        long known = state.path("peers_known").longValue();
        return "%s, %s, %d of %d %s online"
                .formatted(
                        state.path("current_state").asText(),
                        state.path("in_sync").booleanValue() ? "in sync" : "not in sync",
                        state.path("peers_online").longValue(),
                        known,
                        known == 1 ? "partner" : "partners");
    }

    private static String named(JsonNode thing) {
        return "%s (%s)".formatted(thing.path("name").asText(), thing.path("id").asText());
    }

    private static void line(Terminal terminal, String name, String value) {
        terminal.line(name + ": " + value);
    }
}
