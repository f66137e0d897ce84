package io.librarysync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.cli.CommandLineRun.Shell;
import io.librarysync.cli.FakeDevice.Answer;
import io.librarysync.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sd sync timeline} draws what a device answers; it is 12:00 in Berlin. */
class TimelineCommandTest {
    private static final String EVENT = "{\"id\":\"run:%d\",\"timestamp\":\"2026-02-03T%s.000Z\",\"event_type\":\"%s\","
            + "\"device_id\":\"d\",\"device_name\":\"laptop\",\"peer_id\":\"m\",\"peer_name\":\"MacBook\","
            + "%s\"summary\":\"%s\"}";

    @Test
    void statesAndSessionsAreDrawnOverTheLastHour(@TempDir Path directory) throws IOException {
        String events = String.join(
                ",",
                event(6, "10:50:00", "catch_up_session_started", session(2), "pulls"),
                event(5, "10:30:00", "backfill_session_failed", session(1) + "\"duration_ms\":600000,", "timeout"),
                event(4, "10:30:30", "state_transition", "", "Backfilling -> Ready: caught up"),
                event(3, "10:20:00", "state_transition", "", "Uninitialized -> Backfilling: peer connected"));
        try (FakeDevice device = new FakeDevice(asked -> Answer.ok(
                asked.line().contains("limit=1&") || asked.line().endsWith("limit=1") ? "[]" : "[" + events + "]"))) {
            device.runIn(directory);
            ManualClock clock = new ManualClock();
            CommandLineRun run =
                    new Shell(directory, Map.of()).at(clock).run("sync", "timeline", "--data", directory.toString());

            assertThat(run.err()).isEmpty();
            assertThat(run.out())
                    .isEqualTo(
                            """
                            Timeline from 2026-02-03 11:00:00 to 2026-02-03 12:00:00, one column is 1m 0s

                            State    UUUUUUUUUUUUUUUUUUUUBBBBBBBBBBRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR
                            MacBook  ....................bbbbbbbbbbx...................cccccccccc

                            U Uninitialized, B Backfilling, C CatchingUp, R Ready, P Paused; b backfill, c catch-up, x failed there
                            """);
        }
    }

    private static String event(int number, String time, String type, String more, String summary) {
        return EVENT.formatted(number, time, type, more, summary);
    }

    private static String session(int number) {
        return "\"correlation_id\":\"session %d\",".formatted(number);
    }
}
