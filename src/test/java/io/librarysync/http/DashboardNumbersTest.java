package io.librarysync.http;

import static io.librarysync.http.PageText.UNKNOWN;
import static io.librarysync.http.PageText.ago;
import static io.librarysync.http.PageText.bytes;
import static io.librarysync.http.PageText.clock;
import static io.librarysync.http.PageText.count;
import static io.librarysync.http.PageText.duration;
import static io.librarysync.http.PageText.latency;
import static io.librarysync.http.PageText.mean;
import static io.librarysync.http.PageText.percent;
import static io.librarysync.http.PageText.total;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.librarysync.jmx.BeansFixture;
import io.librarysync.testing.Browser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the dashboard shows, part by part, against the JSON of the same moment: the clock of the device stands still. */
@Tag("processes")
class DashboardNumbersTest {
    private static final String AWAY = "Old MacBook";
    private static final List<String> STATES = List.of("Ready", "Backfilling", "CatchingUp", "Paused", "Uninitialized");
    private static final double SECOND = 1_000;

    private static Browser browser;
    private static ServedDevice served;
    private static JsonNode json;

    @BeforeAll
    static void show(@TempDir Path directory) throws IOException {
        browser = Browser.open();
        DayOfSync day = DayOfSync.with(Instant.now(), List.of("desktop", "NAS in the cellar", AWAY), List.of(AWAY));
        day.fail(AWAY);
        served = new ServedDevice(directory, day.device);
        served.device.beans.refresh();
        browser.visit(BrowserPass.link(URI.create("http://" + served.host()), served.token));
        browser.awaitText("#connection > span:nth-child(2)", "Live");
        json = served.get("/api/sync/metrics").json();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (served != null) {
            served.close();
        }
    }

    @Test
    void theState() {
        JsonNode state = json.path("state");
        JsonNode last = state.at("/state_history/2");
        assertThat(browser.text("#state")).isEqualTo(state.path("current_state").textValue());
        assertThat(browser.text(".state .quiet")).isEqualTo("for " + duration(state.path("time_in_current_state_ms")));
        assertThat(browser.texts("#sync li")).isEqualTo(texts(state.path("out_of_sync_reasons")));
        assertThat(browser.texts("#summary .keys li")).hasSize(4).isEqualTo(stays(state.path("total_time_in_state")));
        whenRead(now -> assertThat(browser.texts("#summary .card:nth-child(2) > .quiet"))
                .containsExactly(
                        "%s → %s %s: %s"
                                .formatted(
                                        last.path("from").textValue(),
                                        last.path("to").textValue(),
                                        ago(last.path("at"), now),
                                        last.path("reason").textValue()),
                        "up %s, counters since %s"
                                .formatted(duration(state.path("uptime_ms")), clock(json.at("/epoch/started_at")))));
    }

    @Test
    void theFigures() {
        assertThat(pairs(".figures"))
                .containsOnly(
                        entry("Partners online", number("/state/peers_online") + " of " + number("/state/peers_known")),
                        entry("Largest lag", latency(largestLag())),
                        entry("Changes applied", number("/operations/changes_applied")),
                        entry("Changes sent", number("/operations/broadcasts_sent")),
                        entry("Received", UNKNOWN),
                        entry("Sent", UNKNOWN),
                        entry("Waiting", count(waiting())),
                        entry("Errors", number("/errors/total_errors")));
    }

    @Test
    void thePartners() {
        List<String> partners = keys(json.at("/data_volume/last_sync_per_peer"));
        assertThat(partners).hasSize(3);
        partners.forEach(partner -> whenRead(now ->
                assertThat(pairs("[data-device='%s']".formatted(partner))).isEqualTo(expectedOf(partner, now))));
    }

    @Test
    void theOperations() {
        JsonNode operations = json.path("operations");
        assertThat(pairs("#work .card:nth-child(1)"))
                .containsOnly(
                        entry("Changes", count(operations.path("broadcasts_sent"))),
                        entry("of devices", count(operations.path("state_changes_broadcast"))),
                        entry("shared", count(operations.path("shared_changes_broadcast"))),
                        entry("Messages", count(operations.path("broadcast_batches_sent"))),
                        entry(
                                "Changes per message",
                                mean(operations.path("broadcasts_sent"), operations.path("broadcast_batches_sent"))),
                        entry("Delivered", count(operations.path("changes_delivered"))),
                        entry("Failed", count(operations.path("failed_broadcasts"))),
                        entry("Deferred", count(total(operations.path("changes_deferred")))));
        assertThat(pairs("#work .card:nth-child(2)"))
                .containsOnly(
                        entry("Changes", count(operations.path("changes_received"))),
                        entry("applied", count(operations.path("changes_applied"))),
                        entry("rejected", count(operations.path("changes_rejected"))),
                        entry("as apply_error", count(operations.at("/rejected_by_reason/apply_error"))),
                        entry("held", count(operations.path("buffer_queue_depth"))),
                        entry("Redelivered", count(operations.path("redelivered"))));
        assertThat(pairs("#work .card:nth-child(3)"))
                .containsOnly(
                        entry("Running", count(operations.path("active_backfill_sessions"))),
                        entry("Completed", count(total(operations.path("sessions_completed")))),
                        entry("Failed", count(total(operations.path("sessions_failed")))),
                        entry("Pages received", count(operations.path("backfill_pagination_rounds"))),
                        entry("Pages served", count(operations.path("pages_served"))),
                        entry("Records served", count(operations.path("records_served"))),
                        entry("Average session", duration(json.at("/performance/session_duration_ms/avg"))));
        assertThat(pairs("#work .card:nth-child(4)"))
                .containsOnly(
                        entry("Outbox", count(operations.path("outbox_depth"))),
                        entry("Awaiting a receipt", count(operations.path("changes_outstanding"))),
                        entry("Retry queue", count(operations.path("retry_queue_depth"))),
                        entry("Retries", count(operations.path("retry_attempts"))),
                        entry("succeeded", count(operations.path("retry_successes"))),
                        entry("failed", count(operations.path("retry_failures"))),
                        entry("given up", count(operations.path("retry_exhausted"))),
                        entry("Missed heartbeats", count(operations.path("heartbeats_missed"))));
    }

    @Test
    void theRecordsByModelAndByDevice() {
        JsonNode volume = json.path("data_volume");
        long whole = volume.path("total_synced").longValue();
        assertThat(browser.texts("#models li"))
                .hasSize(2)
                .isEqualTo(volume.path("entries_synced")
                        .propertyStream()
                        .map(model -> bar(model.getKey(), model.getValue().longValue(), whole))
                        .toList());
        assertThat(browser.texts("#devices li"))
                .hasSize(4)
                .containsExactlyInAnyOrderElementsOf(volume.path("entries_by_device")
                        .valueStream()
                        .map(device -> device.has("records_sent")
                                ? bar(
                                        "this device, sent",
                                        device.path("records_sent").longValue(),
                                        whole)
                                : bar(
                                        device.path("device_name").textValue(),
                                        device.path("entries_received").longValue(),
                                        whole))
                        .toList());
    }

    @Test
    void theClocksAndWatermarks() {
        JsonNode performance = json.path("performance");
        String stamp = performance.path("shared_watermark").textValue();
        String author = stamp.substring(stamp.length() - BeansFixture.DEVICE.length());
        Instant shared = Instant.ofEpochMilli(Long.parseLong(stamp.substring(0, stamp.indexOf('-')), 16));
        assertThat(pairs("#clocks > .pairs"))
                .containsOnly(
                        entry("State watermark", clock(performance.path("state_watermark"))),
                        entry("Shared watermark", clock(shared)),
                        entry("Age of the later one", duration(performance.path("watermark_age_ms"))),
                        entry("Oldest held change", duration(performance.path("oldest_held_ms"))),
                        entry("Clock drift", "+" + number("/performance/hlc_physical_drift_ms") + "ms"),
                        entry("Largest drift", latency(performance.path("hlc_drift_max_abs_ms"))),
                        entry("Largest clock counter", count(performance.path("hlc_counter_max"))),
                        entry("Bytes sent", bytes(json.at("/data_volume/bytes_sent"))),
                        entry("Bytes received", bytes(json.at("/data_volume/bytes_received"))));
        assertThat(browser.text(".stamp")).isEqualTo("HLC %s of %s".formatted(stamp, named(author)));
        whenRead(now -> assertThat(pairs("#clocks details"))
                .containsOnly(
                        entry("entry", ago(json.at("/data_volume/last_sync_per_model/entry"), now)),
                        entry("tag", ago(json.at("/data_volume/last_sync_per_model/tag"), now))));
    }

    @Test
    void theErrorsAndWhatWasLost() {
        JsonNode lost = json.path("lost");
        assertThat(keys(lost).stream().filter(key -> lost.path(key).longValue() > 0))
                .containsExactly("retry_exhausted");
        assertThat(browser.texts("#lost li .number")).containsExactly(count(lost.path("retry_exhausted")));
        assertThat(browser.text("#error-line"))
                .isEqualTo("%s errors: %s network, %s apply, %s other"
                        .formatted(
                                number("/errors/total_errors"),
                                number("/errors/network_errors"),
                                number("/errors/apply_errors"),
                                number("/errors/other_errors")));
        JsonNode errors = json.at("/errors/recent_errors");
        assertThat(browser.texts(".errors time"))
                .hasSize(5)
                .isEqualTo(errors.valueStream()
                        .map(error -> clock(error.path("timestamp")))
                        .toList());
        assertThat(browser.texts(".errors .whole")).isEqualTo(errors.findValuesAsText("message"));
    }

    @ParameterizedTest
    @CsvSource({
        "15 min, since=15m&step=20s",
        "1 h,    since=1h&step=1m",
        "24 h,   since=24h&step=10m",
        "7 d,    since=7d&step=1h",
    })
    void theLatestOfTheChartsOfARange(String range, String asked) {
        choose(range);
        assertLegends(asked);
    }

    @Test
    void theLatestOfTheChartsOfARangeOfOnesOwn() {
        LocalDateTime until = LocalDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.HOURS);
        LocalDateTime since = until.minusHours(10);
        choose("Custom");
        enter(Map.of("From", since, "To", until));
        assertLegends("since=%s&until=%s&step=240s".formatted(instant(since), instant(until)));
        enter(Map.of("From", until));
        browser.awaitText("#range [role=alert]", "From must be before To");
        assertThat(latest("traffic", "sent")).isNotEqualTo(UNKNOWN);
    }

    /** Chooses a range by its button. */
    private static void choose(String range) {
        browser.script(
                "[...document.querySelectorAll('#range button')].find(button => button.textContent === arguments[0]).click()",
                range);
        browser.awaitText("#range [aria-pressed=true]", range);
    }

    /** Puts moments into fields of the range, one right after the other, before anything is drawn anew. */
    private static void enter(Map<String, LocalDateTime> moments) {
        Map<String, String> texts = new TreeMap<>();
        moments.forEach((label, moment) -> texts.put(label, moment.toString()));
        browser.script(
                """
                for (const [label, text] of Object.entries(arguments[0])) {
                  const field = [...document.querySelectorAll('#range label')]
                      .find(each => each.textContent.startsWith(label)).querySelector('input');
                  field.value = text;
                  field.dispatchEvent(new Event('change'));
                }""",
                texts);
    }

    private static Instant instant(LocalDateTime moment) {
        return moment.atZone(ZoneId.systemDefault()).toInstant();
    }

    /** The legends show the last step of the history that is asked for. */
    private static void assertLegends(String asked) {
        List<String> others = keys(json.at("/performance/watermark_lag_ms"));
        assertThat(others).hasSize(2);
        JsonNode last = lastStep(asked
                + "&metric=bytes_sent&metric=bytes_received"
                + others.stream().map(id -> "&metric=watermark_lag_ms." + id).collect(Collectors.joining()));
        double seconds = Duration.between(
                                Instant.parse(last.path("from").textValue()),
                                Instant.parse(last.path("to").textValue()))
                        .toMillis()
                / SECOND;
        await().untilAsserted(() -> {
            assertThat(latest("traffic", "sent"))
                    .isEqualTo(bytes(last.at("/values/bytes_sent").doubleValue() / seconds) + "/s");
            assertThat(latest("traffic", "received"))
                    .isEqualTo(bytes(last.at("/values/bytes_received").doubleValue() / seconds) + "/s");
            others.forEach(id -> assertThat(latest("lag", named(id)))
                    .isEqualTo(latency(last.path("values").path("watermark_lag_ms." + id))));
            assertThat(latest("lag", AWAY)).isEqualTo(UNKNOWN);
        });
    }

    private static JsonNode lastStep(String asked) {
        JsonNode points = served.get("/api/sync/history?" + asked).json().path("points");
        return points.get(points.size() - 1);
    }

    private static Map<String, String> expectedOf(String partner, Instant now) {
        JsonNode of = served.get("/api/sync/metrics?peer=" + partner).json();
        JsonNode lag = json.at("/performance/watermark_lag_ms/" + partner);
        return Map.of(
                "Last seen",
                ago(json.at("/data_volume/entries_by_device/%s/last_seen".formatted(partner)), now),
                "Last successful sync",
                ago(json.at("/data_volume/last_sync_per_peer/" + partner), now),
                "Lag",
                latency(lag) + (lag.isNumber() && lag.longValue() == 0 ? ", synced" : ""),
                "Round trip",
                latency(json.at("/performance/rtt_ewma_ms/" + partner)),
                "Sent to it",
                bytes(of.at("/data_volume/bytes_sent")),
                "Received from it",
                bytes(of.at("/data_volume/bytes_received")),
                "Changes applied",
                count(of.at("/operations/changes_applied")),
                "Retry queue",
                count(of.at("/operations/retry_queue_depth")),
                "Errors",
                count(of.at("/errors/total_errors")));
    }

    private static double largestLag() {
        return json.at("/performance/watermark_lag_ms")
                .valueStream()
                .mapToDouble(JsonNode::doubleValue)
                .max()
                .orElseThrow();
    }

    private static long waiting() {
        return Stream.of("outbox_depth", "changes_outstanding", "buffer_queue_depth", "retry_queue_depth")
                .mapToLong(queue -> json.path("operations").path(queue).longValue())
                .sum();
    }

    /** The stays in states, in the order of the bar. */
    private static List<String> stays(JsonNode times) {
        return STATES.stream()
                .filter(times::has)
                .map(state -> state
                        + duration(times.path(state))
                        + percent(times.path(state).longValue(), total(times)))
                .toList();
    }

    private static String bar(String label, long amount, long whole) {
        return label + count(amount) + percent(amount, whole);
    }

    private static String number(String pointer) {
        return count(json.at(pointer));
    }

    private static String named(String device) {
        return json.at("/data_volume/entries_by_device/%s/device_name".formatted(device))
                .textValue();
    }

    private static List<String> keys(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey).toList();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::textValue).toList();
    }

    /** What stands behind each label of a part of the page. */
    private static Map<String, String> pairs(String part) {
        List<String> labels = browser.texts(part + " dt");
        List<String> values = browser.texts(part + " dt + dd");
        return IntStream.range(0, labels.size()).boxed().collect(Collectors.toMap(labels::get, values::get));
    }

    /** The latest value that the legend of a chart has for a line. */
    private static String latest(String chart, String line) {
        return String.valueOf(browser.script(
                """
                return [...document.querySelectorAll(arguments[0])]
                    .find(item => item.querySelector('.name').textContent === arguments[1])
                    .querySelector('.number').textContent;""",
                "#%s-legend li".formatted(chart),
                line));
    }

    /** What is so long ago is so only when it is read: tries until nothing was read meanwhile. */
    private static void whenRead(Consumer<Instant> check) {
        await().untilAsserted(() -> check.accept(read()));
    }

    /** When the page read the device last, by the clock that it shows. */
    private static Instant read() {
        LocalTime time = LocalTime.parse(browser.text("#connection .quiet").substring("as of ".length()));
        return LocalDate.now(ZoneId.systemDefault())
                .atTime(time)
                .atZone(ZoneId.systemDefault())
                .toInstant();
    }
}
