package io.librarysync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.librarysync.cli.DeviceClient.Parameter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Waits until devices have nothing left to do with each other. */
final class Quiet {
    private static final Duration BETWEEN_POLLS = Duration.ofMillis(100);
    private static final int POLLS_IN_A_ROW = 3;
    private static final int POLLS_PER_PROGRESS_LINE = 20;
    private static final List<String> MUST_BE_ZERO = List.of(
            "outbox_depth",
            "changes_outstanding",
            "retry_queue_depth",
            "buffer_queue_depth",
            "active_backfill_sessions");

    private final Terminal terminal;
    private final List<DeviceClient> devices;

    Quiet(Terminal terminal, List<DeviceClient> devices) {
        this.terminal = terminal;
        this.devices = List.copyOf(devices);
    }

    /** Returns once every device was quiet in several polls in a row. */
    void await(Duration limit) {
        long start = terminal.clock().nanos();
        int quiet = 0;
        for (int poll = 1; quiet < POLLS_IN_A_ROW; poll++) {
            List<JsonNode> answers = devices.stream().map(Quiet::ask).toList();
            quiet = answers.stream().allMatch(this::isQuiet) ? quiet + 1 : 0;
            if (terminal.clock().nanos() - start > limit.toNanos()) {
                throw CommandFailure.couldNot(
                        "still busy after %d s: %s".formatted(limit.toSeconds(), describe(answers)));
            }
            if (poll % POLLS_PER_PROGRESS_LINE == 0) {
                terminal.err().println("waiting: " + describe(answers));
            }
            terminal.pause().accept(BETWEEN_POLLS);
        }
    }

    private static JsonNode ask(DeviceClient device) {
        return device.tree(
                BookSources.METRICS,
                List.of(
                        new Parameter("category", "state"),
                        new Parameter("category", "operations"),
                        new Parameter("category", "data_volume")));
    }

    private boolean isQuiet(JsonNode metrics) {
        JsonNode state = metrics.path("state");
        return state.path("in_sync").booleanValue()
                && state.path("current_state").asText().equals("Ready")
                && state.path("peers_online").longValue() == devices.size() - 1
                && state.path("links_needing_catch_up").longValue() == 0
                && MUST_BE_ZERO.stream()
                        .allMatch(name -> metrics.path("operations").path(name).longValue() == 0);
    }

    private static String describe(List<JsonNode> answers) {
        return answers.stream()
                .map(metrics -> "%s %s, %,d records, %,d held"
                        .formatted(
                                metrics.path("device").path("name").asText(),
                                metrics.path("state").path("current_state").asText(),
                                metrics.path("data_volume").path("total_synced").longValue(),
                                metrics.path("operations")
                                        .path("buffer_queue_depth")
                                        .longValue()))
                .collect(Collectors.joining("; "));
    }
}
