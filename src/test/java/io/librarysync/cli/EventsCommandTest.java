package io.librarysync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.librarysync.cli.CommandLineRun.Shell;
import io.librarysync.cli.FakeDevice.Answer;
import io.librarysync.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sd sync events} asks a device and shows what it answers, in every form. */
class EventsCommandTest {
    private static final String COMPLETED = "{\"id\":\"run:9\",\"run_id\":\"run\",\"sequence\":9,"
            + "\"timestamp\":\"2026-02-03T10:18:14.092Z\",\"event_type\":\"backfill_session_completed\","
            + "\"severity\":\"info\",\"category\":\"lifecycle\",\"device_id\":\"d\",\"device_name\":\"laptop\","
            + "\"peer_id\":\"m\",\"peer_name\":\"Mac|Book\",\"models\":[\"entry\",\"tag\"],\"record_count\":73196,"
            + "\"duration_ms\":317000,\"correlation_id\":\"5b0e41c7-0000-4000-8000-000000000000\","
            + "\"summary\":\"73,196 records\"}";
    private static final String RESET = "{\"id\":\"run:8\",\"run_id\":\"run\",\"sequence\":8,"
            + "\"timestamp\":\"2026-02-03T10:18:13.000Z\",\"event_type\":\"metrics_reset\","
            + "\"severity\":\"info\",\"category\":\"lifecycle\",\"device_id\":\"d\",\"device_name\":\"laptop\","
            + "\"summary\":\"it's \\\"so\\\"\"}";
    private static final String OF_ALL = "{\"devices\":["
            + "{\"device_id\":\"d\",\"device_name\":\"laptop\",\"reach\":\"answered\",\"event_count\":1,\"has_more\":false},"
            + "{\"device_id\":\"m\",\"device_name\":\"Mac|Book\",\"reach\":\"answered\",\"clock_offset_ms\":-3000,"
            + "\"clock_error_ms\":2,\"event_count\":1,\"has_more\":true},"
            + "{\"device_id\":\"e\",\"device_name\":\"Desktop\",\"reach\":\"silent\",\"event_count\":0,\"has_more\":false}],"
            + "\"events\":["
            + COMPLETED.replace("}", ",\"clock_offset_ms\":-3000}")
            + "," + RESET + "]}";
    private static final String HEADER = "id,run_id,sequence,timestamp,event_type,severity,category,device_id,"
            + "device_name,peer_id,peer_name,models,record_count,duration_ms,correlation_id,summary,clock_offset_ms\n";

    private final ManualClock clock = new ManualClock();
    private final Path directory;
    private final FakeDevice device;
    private Answer answer = Answer.ok("[" + COMPLETED + "," + RESET + "]");

    EventsCommandTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.device = new FakeDevice(asked -> answer);
    }

    @BeforeEach
    void start() throws IOException {
        device.runIn(directory);
    }

    @AfterEach
    void stop() {
        device.close();
    }

    @Test
    void oneLineEach() {
        assertThat(run("events").out())
                .isEqualTo(
                        """
                        2026-02-03 11:18:14.092  info  backfill_session_completed  Mac|Book  73,196 records in 5m 17s  [5b0e41c7]
                        2026-02-03 11:18:13.000  info  metrics_reset  it's "so"
                        """);
    }

    @Test
    void everyFlagGoesToTheDevice() {
        run(
                "events",
                "--since",
                "1h",
                "--until",
                "30m",
                "--peer",
                "MacBook",
                "--model",
                "entry",
                "--event-type",
                "sync_error",
                "--event-type",
                "gap_detected",
                "--category",
                "error",
                "--severity",
                "warning",
                "--correlation-id",
                "5b0e41c7",
                "--limit",
                "7",
                "--offset",
                "2");

        assertThat(device.asked.get(0).line())
                .isEqualTo("GET /api/sync/events?since=1h&until=30m&peer=MacBook&model=entry&event_type=sync_error"
                        + "&event_type=gap_detected&category=error&severity=warning&correlation_id=5b0e41c7"
                        + "&zone=Europe%2FBerlin&limit=7&offset=2");
    }

    @Test
    void jsonIsOneArrayAndNdjsonOneObjectPerLine() throws IOException {
        assertThat(run("events", "--format", "ndjson").out()).isEqualTo(COMPLETED + "\n" + RESET + "\n");
        assertThat(new JsonMapper()
                        .readTree(run("events", "--format", "json").out())
                        .toString())
                .isEqualTo("[" + COMPLETED + "," + RESET + "]");
        assertThat(run("events", "--json"))
                .isEqualTo(run("events", "--format", "json"))
                .isEqualTo(run("events", "--json", "--format", "json"));
    }

    @Test
    void csvHasEveryColumn() {
        assertThat(run("events", "-f", "csv").out())
                .isEqualTo(HEADER
                        + "run:9,run,9,2026-02-03T10:18:14.092Z,backfill_session_completed,info,lifecycle,d,laptop,m,"
                        + "Mac|Book,entry tag,73196,317000,5b0e41c7-0000-4000-8000-000000000000,\"73,196 records\",\n"
                        + "run:8,run,8,2026-02-03T10:18:13.000Z,metrics_reset,info,lifecycle,d,laptop,,,,,,,"
                        + "\"it's \"\"so\"\"\",\n");
    }

    @Test
    void markdownIsATableThatNoNameBreaks() {
        assertThat(run("events", "-f", "markdown").out().lines())
                .hasSize(4)
                .element(2)
                .asString()
                .contains("| Mac\\|Book |");
    }

    @Test
    void sqlIsImportedIntoAnEmptyDatabaseAsItIs() throws IOException, SQLException {
        Path script = directory.resolve("events.sql");
        CommandLineRun run = run("events", "-f", "sql", "-o", script.toString());
        assertThat(run).isEqualTo(new CommandLineRun(0, "", "Exported 2 events to " + script + "\n"));

        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("empty.db"));
                Statement statement = database.createStatement()) {
            statement.executeUpdate(Files.readString(script));
            try (ResultSet rows =
                    statement.executeQuery("SELECT sum(record_count), max(summary), count(peer_id) FROM sync_events")) {
                assertThat(rows.getString(1)).isEqualTo("73196");
                assertThat(rows.getString(2)).isEqualTo("it's \"so\"");
                assertThat(rows.getString(3)).isEqualTo("1");
            }
        }
    }

    @Test
    void allDevicesAreShownByOneClockAndWhoIsSilentIsNamed() throws IOException {
        answer = Answer.ok(OF_ALL);
        CommandLineRun run = run("events", "--all-devices", "--limit", "5");

        assertThat(run.out())
                .isEqualTo(
                        """
                        2026-02-03 11:18:14.092  laptop  info  backfill_session_completed  Mac|Book  73,196 records in 5m 17s  [5b0e41c7]
                        2026-02-03 11:18:13.000  laptop  info  metrics_reset  it's "so"
                        The clock of Mac|Book is 3,000 ms behind; its times are corrected by that, to within 2 ms.
                        """);
        assertThat(run.err())
                .isEqualTo(
                        """
                        sd: Mac|Book has more of these events than one answer holds; narrow --since, --until or the kinds
                        sd: Desktop did not answer in time; its events are missing
                        """);
        assertThat(run.exitCode()).isZero();
        assertThat(device.asked.get(0).line()).isEqualTo("GET /api/sync/events?limit=5&all_devices=true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "ndjson", "csv", "sql", "markdown"})
    void everyFormHasAColumnForTheCorrection(String form) {
        answer = Answer.ok(OF_ALL);
        CommandLineRun run = run("events", "--all-devices", "--format", form);

        assertThat(run.out()).contains("clock_offset_ms", "-3000").doesNotContain("The clock of");
        assertThat(run.err()).hasLineCount(2);
    }

    @Test
    void noEventIsAnEmptyResult() {
        answer = Answer.ok("[]");

        assertThat(run("events")).isEqualTo(new CommandLineRun(0, "", ""));
        assertThat(run("events", "-f", "csv").out()).isEqualTo(HEADER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --event-type nonsense   | sd: --event-type: no event type is called "nonsense"; try state_transition,
                    --severity fatal        | sd: --severity: no event severity is called "fatal"; try debug, info, warning, error
                    --category x            | sd: --category: no event category is called "x"; try lifecycle,
                    --correlation-id 5b     | sd: --correlation-id: no session has the id "5b"
                    --format xml            | sd: --format: there is no "xml"; try text, json, ndjson, csv, sql, markdown
                    --since yesteday        | sd: --since: cannot read "yesteday"
                    --follow --until 1h     | sd: --follow: has no end; leave out --until, --limit, --offset and --output
                    --follow --all-devices | sd: --follow: shows the events of one device; follow each of them, or leave out
                    --follow --json         | sd: --follow: shows one event after the other; use text, ndjson or csv
                    --json --format csv     | sd: --json, --format: there is one form; leave out one of them
                    --follow --format sql   | sd: --follow: shows one event after the other; use text, ndjson or csv
                    """)
    void wrongUsageIsOneLineAndNobodyIsAsked(String flags, String message) {
        CommandLineRun run = run(("events " + flags).split(" +", -1));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith(message).hasLineCount(1);
        assertThat(device.asked).isEmpty();
    }

    @Test
    void whatIsFollowedGoesOnWhereItWasAfterTheDeviceWasAway() {
        Deque<Answer> answers = new ArrayDeque<>(List.of(
                Answer.ok("id: run:7\n\nid: run:8\ndata: " + RESET + "\n\n"),
                new Answer(503, "{}"),
                Answer.ok(
                        "event: lost\ndata: {\"run_id\":\"run\",\"from\":9,\"to\":9}\n\n: heartbeat\nid: run:9\n\n")));
        device.answering(asked -> answers.isEmpty() ? new Answer(503, "{}") : answers.remove());
        CommandLineRun run = run("events", "--follow", "--since", "1h", "--severity", "info");

        assertThat(run.out()).isEqualTo("2026-02-03 11:18:13.000  info  metrics_reset  it's \"so\"\n");
        assertThat(run.err())
                .isEqualTo(
                        """
                        sd: the stream has ended; trying again for 30 s
                        sd: lost: {"run_id":"run","from":9,"to":9}
                        sd: the stream has ended; trying again for 30 s
                        sd: the device is gone
                        """);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(device.asked.get(0).line()).isEqualTo("GET /events?since=1h&severity=info&zone=Europe%2FBerlin");
        assertThat(device.asked.get(2).line())
                .isEqualTo("GET /events?severity=info&zone=Europe%2FBerlin&last_event_id=run%3A8");
    }

    @Test
    void whoIsNotThereCannotBeFollowed() {
        device.close();
        CommandLineRun run = run("events", "--follow");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("sd: no device answers at ").hasLineCount(1);
    }

    private CommandLineRun run(String... words) {
        String[] line = new String[words.length + 3];
        line[0] = "sync";
        System.arraycopy(words, 0, line, 1, words.length);
        line[words.length + 1] = "--data";
        line[words.length + 2] = directory.toString();
        return new Shell(directory, Map.of()).at(clock).run(line);
    }
}
