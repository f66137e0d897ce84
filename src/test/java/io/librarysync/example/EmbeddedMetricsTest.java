package io.librarysync.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The stock Jolokia agent with the files of {@code jolokia-config}, in a JVM that runs no engine. */
class EmbeddedMetricsTest {
    private static final Path CONFIG = Path.of("jolokia-config").toAbsolutePath();
    private static final List<String> LIBRARIES = List.of("jmxutils", "jackson-", "slf4j-api", "jspecify");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PASSWORD = "secret";

    private static Process program;
    private static URI jolokia;

    @BeforeAll
    static void start() throws IOException {
        String agent = "-javaagent:%s=port=0,config=%s,policyLocation=%s,password=%s"
                .formatted(
                        classpath(entry -> entry.endsWith("-javaagent.jar")),
                        CONFIG.resolve("jolokia-agent.properties"),
                        CONFIG.resolve("jolokia-access.xml").toUri(),
                        PASSWORD);
        program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        agent,
                        "-cp",
                        classpath(EmbeddedMetricsTest::isNeeded),
                        EmbeddedMetrics.class.getName())
                .redirectErrorStream(true)
                .start();
        jolokia = address(program);
    }

    @AfterAll
    static void stop() throws Exception {
        program.getOutputStream().close();
        assertThat(program.waitFor()).isZero();
    }

    @Test
    void itsNumbersAreServed() throws Exception {
        JsonNode value =
                ask("""
                {"type": "read", "mbean": "io.librarysync:type=Metrics,name=Operations,*", "attribute": "ChangesReceived"}""")
                        .path("value");
        assertThat(value.elements().next().path("ChangesReceived").longValue()).isEqualTo(7);
    }

    @Test
    void thereIsABeanForEachDeviceAndModel() {
        await().untilAsserted(() -> {
            assertThat(found("io.librarysync:type=Device,*")).hasSize(2);
            assertThat(found("io.librarysync:type=Model,name=photo,*")).hasSize(1);
        });
    }

    @Test
    void theRequestOfTheFiveCategoriesIsAnswered() throws Exception {
        String library = found("io.librarysync:type=Control,name=Metrics,*")
                .path(0)
                .textValue()
                .replaceFirst(".*library=([^,]*).*", "$1");
        String request =
                Files.readString(CONFIG.resolve("requests/metrics.json")).replace("{library}", library);
        assertThat(ask(request)).hasSize(5).allSatisfy(answer -> assertThat(
                        answer.path("status").intValue())
                .isEqualTo(200));
    }

    @Test
    void nothingElseOfTheProcessCanBeReadOrCalled() throws Exception {
        assertThat(ask("{\"type\": \"read\", \"mbean\": \"java.lang:type=Memory\", \"attribute\": \"Verbose\"}")
                        .path("status")
                        .intValue())
                .isEqualTo(403);
        assertThat(ask("{\"type\": \"exec\", \"mbean\": \"java.lang:type=Memory\", \"operation\": \"gc\"}")
                        .path("status")
                        .intValue())
                .isEqualTo(403);
    }

    @Test
    void aPageOfAnotherHostGetsNothing() throws Exception {
        for (String origin : List.of("http://evil.example", "http://localhost.evil.example", "http://127.0.0.1.evil")) {
            assertThat(send("{\"type\": \"version\"}", PASSWORD, origin).body()).contains("\"status\":403");
        }
        assertThat(send("{\"type\": \"version\"}", PASSWORD, "http://127.0.0.1:8080")
                        .body())
                .contains("\"status\":200");
    }

    @Test
    void aRequestThatDoesNotSayWhereItComesFromGetsNothing() throws Exception {
        assertThat(send("{\"type\": \"version\"}", PASSWORD, "").body()).contains("\"status\":403");
    }

    @Test
    void withoutThePasswordNobodyGetsIn() throws Exception {
        assertThat(send("{\"type\": \"version\"}", "wrong").statusCode()).isEqualTo(401);
    }

    @Test
    @SuppressWarnings("BanJNDI") // the address comes from the JVM that was attached to
    void aClientThatAttachesReadsTheBeans() throws Exception {
        VirtualMachine machine = VirtualMachine.attach(String.valueOf(program.pid()));
        try (JMXConnector client =
                JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
            MBeanServerConnection server = client.getMBeanServerConnection();
            ObjectName state = server.queryNames(new ObjectName("io.librarysync:type=Metrics,name=State,*"), null)
                    .iterator()
                    .next();
            assertThat(server.getAttribute(state, "CurrentState")).isEqualTo("Uninitialized");
        } finally {
            machine.detach();
        }
    }

    private static JsonNode found(String pattern) throws Exception {
        return ask("{\"type\": \"search\", \"mbean\": \"" + pattern + "\"}").path("value");
    }

    private static JsonNode ask(String request) throws Exception {
        return JSON.readTree(send(request, PASSWORD).body());
    }

    private static HttpResponse<String> send(String request, String password) throws Exception {
        return send(request, password, "http://localhost");
    }

    private static HttpResponse<String> send(String request, String password, String origin) throws Exception {
        String credentials = Base64.getEncoder().encodeToString(("sd:" + password).getBytes(StandardCharsets.UTF_8));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(jolokia)
                                .header("Authorization", "Basic " + credentials)
                                .header("Origin", origin)
                                .POST(BodyPublishers.ofString(request))
                                .build(),
                        BodyHandlers.ofString());
    }

    /** Waits for the line in which the agent tells where it listens. */
    private static URI address(Process process) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Pattern url = Pattern.compile("started with URL (\\S+?)/? ");
        StringBuilder read = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            var matcher = url.matcher(line);
            if (matcher.find()) {
                return URI.create(matcher.group(1) + "/");
            }
            read.append(line).append('\n');
        }
        throw new IOException("the agent did not start:\n" + read);
    }

    private static boolean isNeeded(String entry) {
        String name = Path.of(entry).getFileName().toString();
        return entry.endsWith("classes") || LIBRARIES.stream().anyMatch(name::startsWith);
    }

    private static String classpath(Predicate<String> wanted) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(wanted)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
