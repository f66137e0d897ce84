package io.librarysync.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.librarysync.domain.DeviceId;
import io.librarysync.http.ServedDevice.Answer;
import io.librarysync.jmx.BeansFixture;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JolokiaBridgeTest {
    private static final String CATEGORY = "io.librarysync:type=Metrics,library=" + BeansFixture.LIBRARY + ",name=";
    private static final String CONTROL = "io.librarysync:type=Control,library=" + BeansFixture.LIBRARY + ",name=";

    /** Every control character of ASCII, and what only looks like one. */
    private static final String ODD = IntStream.concat(IntStream.rangeClosed(0, 31), IntStream.of(127))
            .mapToObj(Character::toString)
            .collect(Collectors.joining("", "a", "\\u000; \\\\u000? \"é"));

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
    void anAttributeIsReadByGetAndByPost() {
        assertThat(served.get("/jolokia/read/" + CATEGORY + "Operations/ChangesApplied")
                        .json()
                        .path("value")
                        .longValue())
                .isEqualTo(8);
        assertThat(value("""
                {"type": "read", "mbean": "%sOperations", "attribute": "ChangesApplied"}"""
                                .formatted(CATEGORY))
                        .longValue())
                .isEqualTo(8);
    }

    @Test
    void fiveBeansOfOneRequestAgreeNumberForNumberWhileOthersWrite() throws Exception {
        AtomicBoolean running = new AtomicBoolean(true);
        Thread writer = new Thread(() -> {
            while (running.get()) {
                served.device.withTraffic();
            }
        });
        writer.start();
        try {
            for (int i = 0; i < 50; i++) {
                JsonNode answers = served.jolokia(
                                """
                        [{"type": "read", "mbean": "%1$sOperations", "attribute": ["BroadcastsSent", "ChangesApplied"]},
                         {"type": "read", "mbean": "%1$sDataVolume", "attribute": "TotalSynced"}]"""
                                        .formatted(CATEGORY))
                        .json();
                JsonNode operations = answers.path(0).path("value");
                assertThat(answers.path(1).path("value").longValue())
                        .isEqualTo(operations.path("BroadcastsSent").longValue()
                                + operations.path("ChangesApplied").longValue());
            }
        } finally {
            running.set(false);
            writer.join();
        }
    }

    @Test
    void aBulkReadOfTheFiveBeansIsOneSnapshot() {
        long before = served.device.metrics.snapshot().number();
        JsonNode values = value("""
                {"type": "read", "mbean": "io.librarysync:type=Metrics,*"}""");
        assertThat(values).hasSize(5);
        assertThat(served.device.metrics.snapshot().number()).isEqualTo(before + 2);
    }

    @Test
    void mapsAndDistributionsAreObjects() {
        JsonNode values = value("""
                {"type": "read", "mbean": "io.librarysync:type=Metrics,*"}""");
        JsonNode volume = values.path(CATEGORY + "DataVolume");
        assertThat(volume.path("EntriesSynced").path("entry").longValue()).isEqualTo(8);
        assertThat(volume.path("EntriesByDevice")
                        .path(BeansFixture.PEER)
                        .path("deviceName")
                        .textValue())
                .isEqualTo("desktop");
        assertThat(values.path(CATEGORY + "Performance")
                        .path("ApplyLatency")
                        .path("count")
                        .longValue())
                .isEqualTo(8);
    }

    @Test
    void theControlOperationsAreCalled() {
        assertThat(exec("Metrics", "captureSnapshot()", "").path("value").longValue())
                .isEqualTo(served.device.store.count());
        assertThat(exec("Metrics", "reset()", "")
                        .path("value")
                        .path("operations")
                        .path("changesApplied")
                        .longValue())
                .isEqualTo(8);
        assertThat(exec("Metrics", "report", "null, null, null, null, \"state\"")
                        .path("value")
                        .textValue())
                .startsWith("Sync Metrics");
    }

    @Test
    void theSyncServiceIsReachedAsTheCommandLineDoes() {
        exec("Sync", "addTag(java.lang.String,[Ljava.lang.String;)", "\"red\", [\"/a\", \"/b\"]");
        exec("Sync", "pause()", "");
        assertThat(served.sync.calls).containsExactly("addTag red [/a, /b]", "pause");
        assertThat(exec("Sync", "listLocations()", "").path("value").path(0).textValue())
                .isEqualTo("/photos");
    }

    @Test
    void noControlCharacterOfANameBreaksAnAnswer() {
        served.device.metrics.recorder().peerKnown(DeviceId.parse(BeansFixture.PEER), ODD);
        assertThat(exec("Sync", "search(java.lang.String)", quoted(ODD)).path("value"))
                .containsExactly(TextNode.valueOf("/photos/" + ODD + ".jpg"));
        assertThat(exec("Sync", "addLocation(java.lang.String)", quoted(ODD))
                        .path("error")
                        .textValue())
                .endsWith("not an absolute path: " + ODD);
        assertThat(served.get("/jolokia/read/" + CATEGORY + "DataVolume/EntriesByDevice")
                        .json()
                        .path("value")
                        .path(BeansFixture.PEER)
                        .path("deviceName")
                        .textValue())
                .isEqualTo(ODD);
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    @Test
    void aRefusedArgumentComesBackInItsOwnWords() {
        JsonNode answer = exec("Sync", "addLocation(java.lang.String)", "\"photos\"");
        assertThat(answer.path("status").intValue()).isNotEqualTo(200);
        assertThat(answer.path("error").textValue()).endsWith("not an absolute path: photos");
        assertThat(answer.has("stacktrace")).isFalse();
    }

    @Test
    void enabledOfMetricsCanBeWritten() {
        assertThat(write(CONTROL + "Metrics", "Enabled", "false").path("status").intValue())
                .isEqualTo(200);
        assertThat(served.device.metrics.isEnabled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"maybe\"", "1", "null", "\"\"", "[true]"})
    void whatIsNeitherTrueNorFalseIsNoValueOfEnabled(String value) {
        Answer answer = served.jolokia(
                """
                {"type": "write", "mbean": "%sMetrics", "attribute": "Enabled", "value": %s}"""
                        .formatted(CONTROL, value));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("true or false, found");
        assertThat(served.device.metrics.isEnabled()).isTrue();
    }

    @Test
    void theSameHoldsForAWriteByGet() {
        assertThat(served.get("/jolokia/write/" + CONTROL + "Metrics/Enabled/maybe")
                        .status())
                .isEqualTo(400);
        assertThat(served.device.metrics.isEnabled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "PUT", "DELETE", "OPTIONS"})
    void onlyGetAndPostAreAnswered(String method) {
        assertThat(served.bare(
                                method,
                                "/jolokia/version",
                                "",
                                List.of("Host: " + served.host(), "Authorization: Bearer " + served.token))
                        .status())
                .isEqualTo(405);
    }

    @Test
    void everyOtherWriteIsRefused() {
        assertThat(write(CATEGORY + "Operations", "ChangesApplied", "0")
                        .path("status")
                        .intValue())
                .isEqualTo(403);
        assertThat(write(CONTROL + "Metrics", "LibraryName", "\"x\"")
                        .path("status")
                        .intValue())
                .isEqualTo(403);
        assertThat(write("java.lang:type=Memory", "Verbose", "true")
                        .path("status")
                        .intValue())
                .isEqualTo(403);
        assertThat(ManagementFactory.getMemoryMXBean().isVerbose()).isFalse();
    }

    @Test
    void memoryOfTheProcessCannotBeRead() {
        Answer answer = served.jolokia(
                """
                {"type": "read", "mbean": "java.lang:type=Memory", "config": {"ignoreErrors": true}}""");
        assertThat(answer.json().path("status").intValue()).isEqualTo(403);
        assertThat(answer.json().has("value")).isFalse();
        assertThat(answer.body()).doesNotContain("committed");
        assertThat(served.get("/jolokia/read/java.lang:type=Memory/HeapMemoryUsage")
                        .json()
                        .path("status")
                        .intValue())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'exec', 'mbean': 'java.lang:type=Memory', 'operation': 'gc'}",
                "{'type': 'exec', 'mbean': 'com.sun.management:type=DiagnosticCommand', 'operation': 'vmLog', 'arguments': [['x']]}",
                "{'type': 'exec', 'mbean': 'com.sun.management:type=HotSpotDiagnostic', 'operation': 'dumpHeap', 'arguments': ['/x', true]}",
                "{'type': 'exec', 'mbean': 'JMImplementation:type=MBeanServerDelegate', 'operation': 'x'}"
            })
    void noOperationOfTheProcessCanBeCalled(String request) {
        assertThat(served.jolokia(request.replace('\'', '"'))
                        .json()
                        .path("status")
                        .intValue())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'search', 'mbean': '*:*'}",
                "{'type': 'list'}",
                "{'type': 'read', 'mbean': '*:*', 'config': {'ignoreErrors': true}}",
                "{'type': 'read', 'mbean': '*:*'}",
                "{'type': 'search', 'mbean': 'java.lang:*'}"
            })
    void foreignBeansAreInvisible(String request) {
        assertThat(served.jolokia(request.replace('\'', '"'))
                        .json()
                        .path("value")
                        .toString())
                .doesNotContain("java.lang:", "\"java.lang\"", "JMImplementation", "jolokia:", "com.sun");
    }

    @Test
    void searchFindsOurBeans() {
        assertThat(value("""
                {"type": "search", "mbean": "io.librarysync:type=Control,*"}"""))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jolokia/version?callback=alert", "/jolokia/?p=version&callback=alert"})
    void whatNoPolicyFileClosesIsRefusedOnGet(String path) {
        assertThat(served.get(path).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'read', 'mbean': 'java.lang:type=Memory', 'target': {'url': 'service:jmx:rmi:///jndi/rmi://127.0.0.1:1/x'}}",
                "[{'type': 'version'}, {'type': 'version', 'target': {'url': 'x'}}]",
                "{'type': 'notification', 'command': 'register', 'target': {'url': 'x'}}"
            })
    void whatNoPolicyFileClosesIsRefusedOnPost(String request) {
        assertThat(served.jolokia(request.replace('\'', '"')).status()).isEqualTo(403);
    }

    @Test
    void aRequestThatIsNotJsonIsABadRequest() {
        assertThat(served.jolokia("{").status()).isEqualTo(400);
    }

    @Test
    void aRequestThatIsTooLargeIsRefused() {
        assertThat(served.jolokia(" ".repeat((1 << 20) + 1)).status()).isEqualTo(413);
    }

    private JsonNode value(String request) {
        JsonNode answer = served.jolokia(request).json();
        assertThat(answer.path("status").intValue()).as(answer.toString()).isEqualTo(200);
        return answer.path("value");
    }

    private JsonNode exec(String bean, String operation, String arguments) {
        return served.jolokia(
                        """
                {"type": "exec", "mbean": "%s%s", "operation": "%s", "arguments": [%s]}"""
                                .formatted(CONTROL, bean, operation, arguments))
                .json();
    }

    private JsonNode write(String bean, String attribute, String value) {
        return served.jolokia("""
                {"type": "write", "mbean": "%s", "attribute": "%s", "value": %s}"""
                        .formatted(bean, attribute, value))
                .json();
    }
}
