package io.librarysync.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.librarysync.domain.ClockOffset;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.EventLogAnswer;
import io.librarysync.domain.LoggedEvent;
import io.librarysync.domain.Reach;
import io.librarysync.domain.Session;
import io.librarysync.domain.SessionKind;
import io.librarysync.http.ServedDevice.Answer;
import io.librarysync.jmx.BeansFixture;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events by HTTP: as they happen, and those of the past. The device made one transition, its first event. */
class EventStreamTest {
    private static final DeviceId PEER = DeviceId.parse(BeansFixture.PEER);
    private static final EventStream.Limits SMALL =
            new EventStream.Limits(2, 50, Duration.ofMillis(200), Duration.ofMillis(300));
    /** As many as there are by default, each dropped sooner than by default. */
    private static final EventStream.Limits CROWD = new EventStream.Limits(
            EventStream.Limits.STANDARD.clients(),
            EventStream.Limits.STANDARD.queue(),
            Duration.ofMillis(200),
            Duration.ofSeconds(2));
    /** No silence of a test is long enough for a heartbeat. */
    private static final EventStream.Limits PATIENT =
            new EventStream.Limits(2, 50, Duration.ofHours(1), Duration.ofHours(1));

    private ServedDevice served;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        served = new ServedDevice(directory, SMALL);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void eventsComeAsTheyHappen() throws IOException {
        try (Listener listener = listen("/events")) {
            assertThat(listener.next()).containsExactly("id: run:1");
            connectTimes(2);

            assertThat(listener.ids(2)).containsExactly("run:2", "run:3");
            assertThat(listener.head).contains("text/event-stream").containsIgnoringCase(ServedDevice.OURS_ONLY);
        }
    }

    @Test
    void anEventIsOneObjectWithEveryColumn() throws IOException {
        try (Listener listener = listen("/events")) {
            listener.next();
            served.device.metrics.recorder().sessionOpened(PEER, session(), served.device.clock.millis());

            assertThat(listener.event().toString())
                    .isEqualTo("{\"id\":\"run:2\",\"run_id\":\"run\",\"sequence\":2,"
                            + "\"timestamp\":\"2026-02-03T11:00:02.000Z\",\"event_type\":\"backfill_session_started\","
                            + "\"severity\":\"info\",\"category\":\"lifecycle\","
                            + "\"device_id\":\"" + BeansFixture.DEVICE + "\",\"device_name\":\"laptop\","
                            + "\"peer_id\":\"" + BeansFixture.PEER + "\",\"peer_name\":\"desktop\","
                            + "\"correlation_id\":\"" + session().id() + "\","
                            + "\"summary\":\"pulls what this device lacks\"}");
        }
    }

    @Test
    void whoComesBackGetsWhatItMissed() throws IOException {
        connectTimes(4);
        try (Listener listener = listen("/events", "Last-Event-ID: run:2")) {
            assertThat(listener.ids(3)).containsExactly("run:3", "run:4", "run:5");
            connectTimes(1);
            assertThat(listener.ids(1)).containsExactly("run:6");
        }
    }

    @Test
    void muchThatWasComesInItsOrderBeforeWhatHappens() throws IOException {
        connectTimes(800);
        try (Listener since = listen("/events?since=1h");
                Listener back = listen("/events?last_event_id=run:1")) {
            connectTimes(1);

            assertThat(since.ids(802)).isEqualTo(idsOf(1, 802));
            assertThat(back.ids(801)).isEqualTo(idsOf(2, 802));
        }
    }

    @Test
    void whoMissedNothingIsStillWhereItWas() throws IOException {
        try (Listener listener = listen("/events", "Last-Event-ID: run:1")) {
            assertThat(listener.next()).containsExactly(": heartbeat", "id: run:1");
        }
    }

    @Test
    void whoIsTooSlowForABurstIsDroppedBeforeTheFirstGap() throws IOException {
        try (Listener listener = listen("/events")) {
            listener.next();
            while (!served.streamIsEmpty()) {
                connectTimes(1_000);
            }

            List<String> ids = listener.idsUntilDropped();

            assertThat(ids).isEqualTo(idsOf(2, ids.size() + 1));
        }
    }

    @Test
    void whatCannotBeReachedIsToldAsLost() throws IOException {
        connectTimes(1_050);
        try (Listener listener = listen("/events?last_event_id=run:3")) {
            assertThat(listener.next())
                    .containsExactly("event: lost", "data: {\"run_id\":\"run\",\"from\":4,\"to\":51}");
            assertThat(listener.ids(1)).containsExactly("run:52");
        }
    }

    @Test
    void whoKnowsAnEarlierRunOnlyLostItsRest() throws IOException {
        try (Listener listener = listen("/events?last_event_id=older:3")) {
            assertThat(listener.next()).containsExactly("event: lost", "data: {\"run_id\":\"older\",\"from\":4}");
            assertThat(listener.ids(1)).containsExactly("run:1");
        }
    }

    @Test
    void onlyTheKindsThatAreAskedForCome() throws IOException {
        try (Listener listener = listen("/events?event_type=peer_disconnected&severity=info")) {
            listener.next();
            connectTimes(3);
            served.device.metrics.recorder().peerDisconnected(PEER, "gone");

            assertThat(listener.ids(1)).containsExactly("run:5");
        }
    }

    @Test
    void silenceIsBrokenByHeartbeatsThatSayHowFarItIs() throws IOException {
        try (Listener listener = listen("/events?severity=error")) {
            listener.next();
            connectTimes(1);

            assertThat(listener.next()).containsExactly(": heartbeat", "id: run:2");
        }
    }

    @Test
    void heartbeatsComeAmongEventsOfKindsThatAreNotAskedForToo(@TempDir Path directory) throws IOException {
        served.close();
        served = new ServedDevice(directory, PATIENT);
        try (Listener listener = listen("/events?severity=error")) {
            listener.next();
            for (int number = 2; number < 5; number++) {
                served.device.clock.advance(PATIENT.heartbeat());
                connectTimes(1);

                // it may see that time is up just before the event comes, or by it
                assertThat(listener.next())
                        .isIn(
                                List.of(": heartbeat", "id: run:" + (number - 1)),
                                List.of(": heartbeat", "id: run:" + number));
            }
        }
    }

    @Test
    void whoIsOneTooManyIsRefusedUntilAnotherLeaves() throws IOException {
        try (Listener one = listen("/events");
                Listener two = listen("/events")) {
            one.next();
            two.next();
            assertThat(served.get("/events").status()).isEqualTo(503);
        }
    }

    @Test
    void whoNeverReadsIsDroppedAndHoldsUpNobody() throws IOException {
        try (Listener deaf = listen("/events")) {
            deaf.next();
            String text = "x".repeat(1_000);
            while (!served.streamIsEmpty()) {
                served.device.metrics.recorder().peerDisconnected(PEER, text);
            }
            connectTimes(1);
            try (Listener another = listen("/events")) {
                assertThat(another.next()).hasSize(1);
            }
        }
    }

    @Test
    void aCrowdThatNeverReadsIsDroppedAndNobodyWaitsForIt(@TempDir Path directory) throws IOException {
        served.close();
        served = new ServedDevice(directory, CROWD);
        String text = "x".repeat(1_000);
        disconnectTimes(1_000, text);
        List<Listener> deaf = new ArrayList<>();
        try {
            while (deaf.size() < CROWD.clients()) {
                deaf.add(listen(deaf.size() % 2 == 0 ? "/events" : "/events?since=1h"));
            }
            assertThat(served.get("/events").body()).contains("64 clients listen already");

            long told = served.device.events.journal().last();
            long moreThanAnybodyWhoWaitedCouldTell = 10L * CROWD.queue();
            while (told <= moreThanAnybodyWhoWaitedCouldTell || !served.streamIsEmpty()) {
                disconnectTimes(1, text);
                told++;
            }
            assertThat(served.device.events.journal().last()).isEqualTo(told);
        } finally {
            for (Listener each : deaf) {
                each.close();
            }
        }
    }

    @Test
    void pastEventsAreOneArrayNewestFirst() {
        connectTimes(2);
        Answer answer = served.get("/api/sync/events?limit=2");

        assertThat(answer.json().findValuesAsText("id")).containsExactly("run:3", "run:2");
        assertThat(served.get("/api/sync/events?limit=1&offset=2").json().findValuesAsText("event_type"))
                .containsExactly("state_transition");
    }

    @Test
    void aSessionIsToldFromItsBegin() {
        served.device.metrics.recorder().sessionOpened(PEER, session(), served.device.clock.millis());
        served.device
                .metrics
                .recorder()
                .sessionClosed(PEER, session(), null, 2_000_000_000L, served.device.clock.millis());
        Answer answer = served.get("/api/sync/events?format=text&zone=UTC&correlation_id=5b0e41c7");

        assertThat(answer.body())
                .isEqualTo(
                        """
                        2026-02-03 11:00:02.000  info  backfill_session_started  desktop  pulls what this device lacks  [5b0e41c7]
                        2026-02-03 11:00:02.000  info  backfill_session_completed  desktop  0 records in 2.0s  [5b0e41c7]
                        """);
    }

    @Test
    void theEventsOfAllDevicesAreOneAnswer() {
        LoggedEvent event = new LoggedEvent(
                "theirs",
                4,
                served.device.clock.millis() + 3_000,
                "peer_connected",
                served.device.metrics.device().id(),
                "laptop",
                List.of(),
                null,
                null,
                null,
                "online");
        served.hears(
                new EventLogAnswer(
                        PEER, "desktop", Reach.ANSWERED, new ClockOffset(2_998, 3_002), List.of(event), false),
                new EventLogAnswer(
                        new DeviceId(new UUID(1, 2)), "phone", Reach.OFFLINE, ClockOffset.UNKNOWN, List.of(), false));
        Answer answer = served.get("/api/sync/events?all_devices=true");

        assertThat(answer.head()).containsIgnoringCase("Sync-Devices-Silent: 1");
        assertThat(answer.json().get("devices").findValuesAsText("reach"))
                .containsExactly("answered", "answered", "offline");
        assertThat(answer.json().get("devices").get(1).toString())
                .isEqualTo("{\"device_id\":\"" + PEER + "\",\"device_name\":\"desktop\",\"reach\":\"answered\","
                        + "\"clock_offset_ms\":3000,\"clock_error_ms\":2,\"event_count\":1,\"has_more\":false}");
        assertThat(answer.json().get("events").findValuesAsText("id")).containsExactlyInAnyOrder("theirs:4", "run:1");
        assertThat(served.get("/api/sync/events?all_devices=true&format=text&zone=UTC&limit=1")
                        .body())
                .isEqualTo(
                        """
                        2026-02-03 11:00:02.000  desktop  info  peer_connected  laptop  online
                        The clock of desktop is 3,000 ms ahead; its times are corrected by that, to within 2 ms.
                        phone is offline; its events are missing
                        """);
        assertThat(served.get("/api/sync/events?all_devices=true&format=csv&limit=1")
                        .body()
                        .lines())
                .element(1)
                .asString()
                .endsWith("online,3000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    all_devices=1        | all_devices: true or false, found "1"
                    event_type=sync_eror | event_type: no event type is called "sync_eror"; try state_transition, backfill_
                    severity=fatal       | severity: no event severity is called "fatal"; try debug, info, warning, error
                    category=x           | category: no event category is called "x"; try lifecycle, data_flow, network, error
                    format=xml           | format: there is no "xml"; try text, json, ndjson, csv, sql, markdown
                    limit=1e9            | limit: 0 to 100000, found "1e9"
                    correlation_id=5b    | no session has the id "5b"
                    peer=nobody          | unknown peer "nobody"
                    model=nothing        | unknown model "nothing"
                    since=never          | since: cannot read "never"
                    """)
    void aBadParameterIsNamed(String query, String message) {
        Answer answer = served.get("/api/sync/events?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error").asText()).startsWith(message);
    }

    @Test
    void aBadPlaceIsRefused() {
        assertThat(served.get("/events?last_event_id=12").status()).isEqualTo(400);
        assertThat(served.get("/events?until=1h").status()).isEqualTo(400);
    }

    private static Session session() {
        return new Session(UUID.fromString("5b0e41c7-0000-4000-8000-000000000000"), SessionKind.BACKFILL);
    }

    private static List<String> idsOf(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> "run:" + number)
                .toList();
    }

    private void disconnectTimes(int times, String reason) {
        for (int i = 0; i < times; i++) {
            served.device.metrics.recorder().peerDisconnected(PEER, reason);
        }
    }

    private void connectTimes(int times) {
        for (int i = 0; i < times; i++) {
            served.device.metrics.recorder().peerConnected(PEER);
        }
    }

    private Listener listen(String path, String... headers) throws IOException {
        return new Listener(served.open(path, headers));
    }

    /** A body that comes in chunks, each with its length before it. */
    private static final class Chunked extends InputStream {
        private final InputStream in;
        private int left;
        private boolean ended;

        Chunked(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            while (left == 0 && !ended) {
                String size = line(in);
                left = size.isEmpty() ? 0 : Integer.parseInt(size, 16);
                ended = size.equals("0");
            }
            if (ended) {
                return -1;
            }
            int read = in.read(into, offset, Math.min(left, length));
            left -= Math.max(read, 0);
            return read;
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new EOFException("the stream has ended");
                }
                line.append((char) next);
            }
            return line.toString().strip();
        }
    }

    /** A client that reads one record after the other. */
    private static final class Listener implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;
        private final String head;

        Listener(Socket socket) throws IOException {
            this.socket = socket;
            InputStream bytes = new BufferedInputStream(socket.getInputStream());
            this.head = head(bytes);
            this.in = new BufferedReader(new InputStreamReader(new Chunked(bytes), StandardCharsets.UTF_8));
        }

        private static String head(InputStream in) throws IOException {
            List<String> lines = new ArrayList<>();
            for (String line = Chunked.line(in); !line.isEmpty(); line = Chunked.line(in)) {
                lines.add(line);
            }
            return String.join("\n", lines);
        }

        List<String> ids(int events) throws IOException {
            List<String> ids = new ArrayList<>();
            while (ids.size() < events) {
                ids.add(event().get("id").asText());
            }
            return ids;
        }

        /** Those of all events before the record that says that it is dropped. */
        List<String> idsUntilDropped() throws IOException {
            List<String> ids = new ArrayList<>();
            for (List<String> lines = next(); !lines.contains("event: dropped"); lines = next()) {
                lines.stream().filter(line -> line.startsWith("id: ")).forEach(id -> ids.add(id.substring(4)));
            }
            return ids;
        }

        JsonNode event() throws IOException {
            while (true) {
                for (String line : next()) {
                    if (line.startsWith("data: ")) {
                        return ServedDevice.JSON.readTree(line.substring("data: ".length()));
                    }
                }
            }
        }

        /** The lines of the next record. */
        List<String> next() throws IOException {
            List<String> lines = new ArrayList<>();
            for (String line = in.readLine(); !"".equals(line); line = in.readLine()) {
                if (line == null) {
                    throw new EOFException("the stream has ended");
                }
                lines.add(line);
            }
            return lines;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
