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
    void statesAndSessionsAreDrawnOverTheLastHourAndNothingWhileTheDeviceWasAway(@TempDir Path directory)
            throws IOException {
        String events = String.join(
                ",",
                event(6, "10:50:00", "catch_up_session_started", session(2), "pulls"),
                event(5, "10:30:00", "backfill_session_failed", session(1) + "\"duration_ms\":600000,", "timeout"),
                event(4, "10:30:30", "state_transition", "", "Backfilling -> Ready: caught up"),
                event(3, "10:20:00", "state_transition", "", "Uninitialized -> Backfilling: peer connected"));
        String epochs = "{\"epochs\":[%s,%s,%s]}"
                .formatted(
                        epoch(
                                "2026-02-03T08:00:00Z",
                                "start",
                                ",\"ended_at\":\"2026-02-03T10:10:00Z\",\"ended_by\":\"crash\""),
                        epoch(
                                "2026-02-03T10:15:00Z",
                                "start",
                                ",\"ended_at\":\"2026-02-03T10:40:00Z\",\"ended_by\":\"reset\""),
                        epoch("2026-02-03T10:40:00Z", "reset", ""));
        String before = event(9, "08:00:01", "state_transition", "", "CatchingUp -> Ready: caught up");
        try (FakeDevice device = new FakeDevice(asked -> Answer.ok(
                asked.line().contains("/epochs")
                        ? epochs
                        : "[" + (asked.line().endsWith("limit=1") ? before : events) + "]"))) {
            device.runIn(directory);
            ManualClock clock = new ManualClock();
            CommandLineRun run =
                    new Shell(directory, Map.of()).at(clock).run("sync", "timeline", "--data", directory.toString());

            assertThat(run.err()).isEmpty();
            assertThat(run.out())
                    .isEqualTo(
                            """
                            Timeline from 2026-02-03 11:00:00 to 2026-02-03 12:00:00, one column is 1m 0s

                            State    RRRRRRRRRRR....UUUUUBBBBBBBBBBRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR
                            MacBook  ....................bbbbbbbbbbx...................cccccccccc

                            U Uninitialized, B Backfilling, C CatchingUp, R Ready, P Paused; b backfill, c catch-up, x failed there
                            """);
        }
    }

    private static String epoch(String startedAt, String openedBy, String more) {
        return "{\"started_at\":\"%s\",\"opened_by\":\"%s\"%s}".formatted(startedAt, openedBy, more);
    }

    private static String event(int number, String time, String type, String more, String summary) {
        return EVENT.formatted(number, time, type, more, summary);
    }

    private static String session(int number) {
        return "\"correlation_id\":\"session %d\",".formatted(number);
    }
}
