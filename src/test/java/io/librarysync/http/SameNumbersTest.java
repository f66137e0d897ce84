package io.librarysync.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.librarysync.export.SnapshotJson;
import io.librarysync.instrument.MetricDescription;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.jmx.BeansFixture;
import io.librarysync.metrics.Category;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks, by whatever way, is told the same numbers. */
class SameNumbersTest {
    private static final String UNKNOWN = "unknown";

    private ServedDevice served;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        served = new ServedDevice(directory);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void theFiveBeansOfOneBulkRequestSayWhatTheJsonSays() {
        JsonNode json = served.get("/api/sync/metrics").json();
        JsonNode answers = served.jolokia(Arrays.stream(Category.values())
                        .map(category ->
                                "{\"type\": \"read\", \"mbean\": \"io.librarysync:type=Metrics,library=%s,name=%s\"}"
                                        .formatted(BeansFixture.LIBRARY, category.beanName()))
                        .collect(Collectors.joining(",", "[", "]")))
                .json();
        Iterator<JsonNode> beans = answers.iterator();
        for (Category category : Category.values()) {
            assertEqual(category, json, name -> name, beans.next().path("value"));
        }
    }

    @Test
    void aWindowAskedByTheControlBeanIsTheOneOfTheJson() {
        served.device.history.sample();
        served.device.clock.advance(Duration.ofSeconds(10));
        served.device.withTraffic();
        JsonNode json = served.get("/api/sync/metrics?since=10s").json();
        JsonNode view = served.jolokia(
                        """
                        {"type": "exec", "mbean": "io.librarysync:type=Control,library=%s,name=Metrics",
                         "operation": "query", "arguments": ["10s", null, null, null, null]}"""
                                .formatted(BeansFixture.LIBRARY))
                .json()
                .path("value");
        assertThat(json.path("operations").path("changes_applied").longValue()).isEqualTo(8);
        for (Category category : Category.values()) {
            String name = category.beanName().equals("DataVolume") ? "dataVolume" : category.json();
            assertEqual(category, json, SameNumbersTest::decapitalized, view.path(name));
        }
        assertThat(view.path("windowFromEpochMillis").longValue())
                .isEqualTo(Instant.parse(json.path("window").path("from").textValue())
                        .toEpochMilli());
    }

    @Test
    void theScreenOfAWindowHasTheNumbersOfTheJson() {
        served.device.history.sample();
        served.device.clock.advance(Duration.ofSeconds(10));
        served.device.withTraffic();
        JsonNode json = served.get("/api/sync/metrics?since=10s").json();
        String screen = served.get("/api/sync/metrics?since=10s&zone=UTC", "Accept: text/plain")
                .body();
        JsonNode operations = json.path("operations");
        assertThat(screen)
                .contains("Operations (last 12s)")
                .contains("Changes received: "
                        + operations.path("changes_received").asText())
                .contains(
                        "Changes applied: " + operations.path("changes_applied").asText())
                .contains("Changes rejected: "
                        + operations.path("changes_rejected").asText())
                .contains("Total: " + json.path("errors").path("total_errors").asText() + " error");
    }

    private static void assertEqual(Category category, JsonNode json, UnaryOperator<String> name, JsonNode bean) {
        Map<String, String> ofJson = new TreeMap<>();
        Map<String, String> ofBean = new TreeMap<>();
        for (MetricDescription metric : MetricGroup.describe(category.type())) {
            if (!metric.flat() && isPlain(metric)) {
                String path = SnapshotJson.path(category, metric);
                ofJson.put(path, plain(json.at("/" + path.replace('.', '/'))));
                ofBean.put(path, plain(bean.path(name.apply(metric.attribute()))));
            }
        }
        assertThat(ofBean).as(category.json()).hasSizeGreaterThan(4).isEqualTo(ofJson);
    }

    /** Lists of events and rows of devices differ in the case of their keys; they are compared elsewhere. */
    private static boolean isPlain(MetricDescription metric) {
        return !metric.type().getTypeName().matches(".*(List|DeviceVolume).*");
    }

    /** A value as text, whichever way it is written: unknown is absent, null or −1; a moment is text or milliseconds. */
    private static String plain(JsonNode value) {
        if (value.isMissingNode() || value.isNull() || (value.isNumber() && value.doubleValue() == -1)) {
            return UNKNOWN;
        }
        if (value.isObject()) {
            Map<String, String> parts = new TreeMap<>();
            value.properties().forEach(part -> parts.put(part.getKey(), plain(part.getValue())));
            parts.values().removeIf(UNKNOWN::equals);
            return parts.toString();
        }
        return value.isTextual() && value.textValue().matches("\\d{4}-\\d\\d-.*Z")
                ? String.valueOf(Instant.parse(value.textValue()).toEpochMilli())
                : value.asText();
    }

    private static String decapitalized(String attribute) {
        return Character.toLowerCase(attribute.charAt(0)) + attribute.substring(1);
    }
}
