package io.librarysync.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.librarysync.instrument.Latency;
import io.librarysync.instrument.Metric;
import io.librarysync.instrument.MetricDescription;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.metrics.Capture;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.EpochKeeper;
import io.librarysync.metrics.SyncMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/prometheus.txt");
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0, text/plain; q=0.5";
    private static final double EXACT = 1e-9;

    /** Text that changes, and lists. */
    private static final Set<String> NO_NUMBER = Set.of(
            "StateHistory", "BackfillPeer", "OutOfSyncReason", "OutOfSyncReasons", "SharedWatermark", "RecentErrors");

    private final SyncMetrics metrics = EverythingRecorded.metrics("My Library", "Desktop");

    @Test
    void thePageOfABackfillIsTheOneAccepted() throws IOException {
        String page = text(PrometheusText.of(metrics.captureRun(), null));
        if (Boolean.getBoolean("golden.approve")) {
            Files.writeString(GOLDEN, page);
        }
        assertThat(page).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void everyDeclaredNumberIsOnThePage() {
        Set<String> shown = Set.copyOf(PrometheusMetrics.of(metrics.captureRun()).stream()
                .map(family -> family.getMetadata().getPrometheusName())
                .toList());
        Set<String> missing = new TreeSet<>();
        declared()
                .filter(metric -> !shown.contains(PrometheusName.of(metric).text()))
                .forEach(metric -> missing.add(metric.attribute()));

        assertThat(missing).isEqualTo(new TreeSet<>(NO_NUMBER));
    }

    @Test
    void numbersAreThoseOfTheJson() {
        Capture run = metrics.captureRun();
        PrometheusPage page = page(run);
        JsonNode json = SnapshotJson.tree(run.snapshot());
        int compared = 0;
        for (Category category : Category.values()) {
            for (MetricDescription metric : MetricGroup.describe(category.type())) {
                JsonNode value =
                        json.at("/" + SnapshotJson.path(category, metric).replace('.', '/'));
                if (!metric.flat() && PrometheusMetrics.isShown(metric)) {
                    compared += compare(metric, value, page);
                }
            }
        }
        assertThat(compared).isGreaterThan(120);
    }

    private static int compare(MetricDescription metric, JsonNode json, PrometheusPage page) {
        if (metric.kind().equals(Metric.HISTOGRAM) || metric.attribute().matches("CurrentState|EntriesByDevice")) {
            return 0;
        }
        PrometheusName name = PrometheusName.of(metric);
        String series = name.text() + (metric.kind().equals(Metric.COUNTER) ? "_total" : "");
        if (!json.isObject()) {
            assertThat(page.value(series) * name.perBase()).as(series).isCloseTo(number(json), within(EXACT));
            return 1;
        }
        json.properties().forEach(part -> assertThat(page.value(series, metric.key(), part.getKey()) * name.perBase())
                .as(series + part)
                .isCloseTo(number(part.getValue()), within(EXACT)));
        return json.size();
    }

    private static double number(JsonNode json) {
        if (json.isBoolean()) {
            return json.booleanValue() ? 1 : 0;
        }
        return json.isTextual() ? Instant.parse(json.textValue()).toEpochMilli() : json.doubleValue();
    }

    @Test
    void aDeviceHasItsNumbersAndItsName() {
        PrometheusPage page = page(metrics.captureRun());
        String peer = EverythingRecorded.DESKTOP.toString();

        assertThat(page.value("librarysync_entries_by_device_entries_received_total", "peer", peer))
                .isEqualTo(3);
        assertThat(page.value("librarysync_entries_by_device_is_online", "peer", peer))
                .isEqualTo(1);
        assertThat(page.value("librarysync_entries_by_device_info", "peer", peer, "device_name", "Desktop"))
                .isEqualTo(1);
        assertThat(page.value("librarysync_peer_sent_bytes_total", "peer", peer))
                .isEqualTo(700);
        assertThat(page.value("librarysync_peer_received_by_route_total", "peer", peer, "route", "backfill"))
                .isEqualTo(10);
        assertThat(page.value("librarysync_model_changes_applied_total", "model", "entry"))
                .isEqualTo(3);
    }

    @Test
    void aHistogramCountsInEachBucketWhatWasNotLonger() {
        PrometheusPage page = page(metrics.captureRun());
        String buckets = "librarysync_apply_latency_seconds_bucket";

        assertThat(page.value(buckets, "le", "1.023E-6")).isEqualTo(1);
        assertThat(page.value(buckets, "le", "0.002097151")).isEqualTo(1);
        assertThat(page.value(buckets, "le", "0.004194303")).isEqualTo(2);
        assertThat(page.value(buckets, "le", "2199.023255551")).isEqualTo(2);
        assertThat(page.value(buckets, "le", "+Inf")).isEqualTo(3);
        assertThat(page.value("librarysync_apply_latency_seconds_count")).isEqualTo(3);
        assertThat(page.value("librarysync_apply_latency_seconds_sum"))
                .isEqualTo(seconds(
                        metrics.snapshot().performance().getApplyLatency().sum()));
    }

    @Test
    void aDistributionByPeerIsASummaryWithThePercentilesOfTheJson() {
        PrometheusPage page = page(metrics.captureRun());
        String peer = EverythingRecorded.DESKTOP.toString();
        Latency.Summary rtt = Objects.requireNonNull(
                metrics.snapshot().performance().getPeerRtt().get(peer));

        assertThat(page.types()).containsEntry("librarysync_peer_rtt_seconds", "summary");
        assertThat(page.value("librarysync_peer_rtt_seconds_count", "peer", peer))
                .isEqualTo(2);
        assertThat(page.value("librarysync_peer_rtt_seconds_sum", "peer", peer)).isEqualTo(0.023);
        assertThat(page.value("librarysync_peer_rtt_seconds", "peer", peer, "quantile", "0.99"))
                .isEqualTo(seconds(rtt.p99()));
    }

    @Test
    void exactlyOneStateIsOn() {
        Map<PrometheusPage.Series, Double> values = page(metrics.captureRun()).values();

        assertThat(values.keySet().stream()
                        .filter(series -> series.name().equals("librarysync_current_state"))
                        .filter(series -> Double.valueOf(1).equals(values.get(series)))
                        .map(series -> series.labels().get("librarysync_current_state")))
                .containsExactly("Backfilling");
    }

    @Test
    void aResetLowersNoCounter() {
        PrometheusPage before = page(metrics.captureRun());
        metrics.reset(EpochKeeper.NONE);
        PrometheusPage after = page(metrics.captureRun());

        assertThat(after.values()).containsAllEntriesOf(before.values());
    }

    @Test
    void namesThatPeopleChoseStayWhatTheyAre() {
        for (String odd : List.of("Desk \"top\"", "two\nlines", "back\\slash\\n", "a{b=\"c\"} 1", "شاشة", "😀", "")) {
            PrometheusPage page = page(EverythingRecorded.metrics(odd, odd).captureRun());
            assertThat(page.value(
                            "librarysync_entries_by_device_info",
                            "peer",
                            EverythingRecorded.DESKTOP.toString(),
                            "device_name",
                            odd))
                    .as(odd)
                    .isEqualTo(1);
        }
    }

    @Test
    void openMetricsSaysTheSameAndEnds() {
        Capture run = metrics.captureRun();
        PrometheusText open = PrometheusText.of(run, OPEN_METRICS);

        assertThat(open.contentType()).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(text(open)).endsWith("\n# EOF\n");
        assertThat(PrometheusPage.parse(text(open)).values())
                .isEqualTo(page(run).values());
        assertThat(PrometheusText.of(run, "text/html").contentType()).startsWith("text/plain; version=0.0.4");
    }

    private static double seconds(@Nullable Double millis) {
        return Objects.requireNonNull(millis) / 1_000;
    }

    private static String text(PrometheusText page) {
        return StandardCharsets.UTF_8.decode(page.body()).toString();
    }

    private static PrometheusPage page(Capture run) {
        return PrometheusPage.parse(text(PrometheusText.of(run, null)));
    }

    private static Stream<MetricDescription> declared() {
        return Stream.of(Category.values())
                .flatMap(category -> MetricGroup.describe(category.type()).stream())
                .filter(metric -> !metric.flat());
    }
}
