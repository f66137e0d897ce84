package io.librarysync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.librarysync.export.SnapshotJson;
import io.librarysync.http.ServedDevice.Answer;
import io.librarysync.jmx.BeansFixture;
import io.librarysync.metrics.EpochKeeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceServerTest {
    private Path directory;
    private ServedDevice served;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        this.directory = directory;
        served = new ServedDevice(directory);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void theTokenHas256BitsThatOnlyItsOwnerCanRead() throws IOException {
        assertThat(served.token).matches("[0-9a-f]{64}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("http.token"))))
                .isEqualTo("rw-------");
    }

    @Test
    void theTokenStaysTheSame() throws IOException {
        assertThat(HttpToken.of(directory, new SecureRandom()).matches(served.token))
                .isTrue();
    }

    @Test
    void aFileWithoutATokenIsRefused() throws IOException {
        Files.writeString(directory.resolve("http.token"), "secret");
        assertThatThrownBy(() -> HttpToken.of(directory, new SecureRandom()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/page/main.js",
                "/health",
                "/api/sync/metrics",
                "/api/sync/events",
                "/jolokia/version",
                "/none"
            })
    void everyAnswerIsForThisOriginOnly(String path) {
        assertThat(served.get(path).head()).containsIgnoringCase(ServedDevice.OURS_ONLY);
        assertThat(served.get(path, "Origin: http://elsewhere").status()).isEqualTo(403);
        assertThat(served.get(path, "Origin: http://elsewhere").head()).containsIgnoringCase(ServedDevice.OURS_ONLY);
        assertThat(served.bare("GET", path, "", List.of("Host: " + served.host()))
                        .head())
                .containsIgnoringCase(ServedDevice.OURS_ONLY)
                .containsIgnoringCase("X-Content-Type-Options: nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/jolokia",
                "/jolokia/",
                "/api/sync/metrics",
                "/api/sync/partners",
                "/api/sync/content",
                "/metrics",
                "/healthy",
                "/x"
            })
    void withoutATokenEveryPathButHealthAnswers401(String path) {
        assertThat(bare(path).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//health", "//jolokia/version", "http://127.0.0.1", "/api/sync/metrics?peer=%zz"})
    void whatNoContextTakesTellsNothingOfTheDevice(String path) {
        Answer answer = served.get(path);
        assertThat(answer.status()).isBetween(400, 404);
        assertThat(answer.head() + answer.body()).doesNotContain("librarysync", "laptop", "ChangesApplied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/index.html",
                "/healthy",
                "/health/",
                "/api/sync",
                "/api/sync/metrics/x",
                "/jolokiax",
                "/page/",
                "/page/nothing.js",
                "/page/locked.html",
                "/page/../http.token"
            })
    void withATokenAnUnknownPathAnswers404(String path) {
        assertThat(served.get(path).status()).isEqualTo(404);
    }

    @Test
    void healthNeedsNoTokenAndTellsNoNames() {
        Answer answer = bare("/health");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}\n");
    }

    @Test
    void aDeviceThatCannotWorkIsUnavailable() {
        served.fail("library.db is gone");
        Answer answer = bare("/health");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"status\":\"failing\"}\n");
    }

    @Test
    void requestsThatNobodyFinishesHoldUpNobody() throws IOException {
        List<Socket> unfinished = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                unfinished.add(served.unfinished());
            }
            assertThat(bare("/health").status()).isEqualTo(200);
        } finally {
            for (Socket socket : unfinished) {
                socket.close();
            }
        }
    }

    @Test
    void theTokenIsAcceptedAsBearerAndAsPasswordOfSd() {
        assertThat(bare("/api/sync/partners", "Authorization: Bearer " + served.token)
                        .status())
                .isEqualTo(200);
        assertThat(bare("/api/sync/partners", basic("sd:" + served.token)).status())
                .isEqualTo(200);
    }

    @Test
    void aWrongTokenOrUserIsRefused() {
        String wrong = served.token.replace(served.token.charAt(0), served.token.charAt(0) == '0' ? '1' : '0');
        for (String header : List.of(
                "Authorization: Bearer " + wrong,
                "Authorization: Bearer",
                "Authorization: Bearer " + served.token + "0",
                "Authorization: Digest " + served.token,
                basic("admin:" + served.token),
                basic("sd:" + wrong),
                basic("sd"),
                "Authorization: Basic %%%")) {
            assertThat(bare("/api/sync/partners", header).status()).as(header).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8778", "127.0.0.1.evil.example", "localhost@evil", ""})
    void aForeignHostIsRefused(String host) {
        Answer answer = served.bare(
                "GET", "/api/sync/metrics", "", List.of("Host: " + host, "Authorization: Bearer " + served.token));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("error").textValue()).contains("Host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: null",
                "Origin: http://127.0.0.1:1",
                "Sec-Fetch-Site: cross-site"
            })
    void aForeignPageIsRefused(String header) {
        assertThat(served.get("/api/sync/metrics", header).status()).isEqualTo(403);
    }

    @Test
    void ourOwnPageIsWelcome() {
        assertThat(served.get("/api/sync/metrics", "Origin: http://" + served.host())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anAddressThatOthersCanReachIsRefusedUnlessInsistedOn() {
        HttpToken token = token();
        InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);
        assertThatThrownBy(() -> start(new DeviceServer.Settings(everywhere, false), token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--insecure-http");
    }

    @Test
    void aServerOnEveryAddressIsCalledByTheOneThatWasReached(@TempDir Path directory) throws IOException {
        try (ServedDevice everywhere = new ServedDevice(directory, new InetSocketAddress("0.0.0.0", 0))) {
            for (InetAddress address : addressesOfThisMachine()) {
                String name = address.getHostAddress().replaceFirst("%.*", "");
                String host = address instanceof Inet6Address ? "[" + name + "]" : name;
                assertThat(everywhere.healthAt(address, host)).as(host).isEqualTo(200);
                assertThat(everywhere.healthAt(address, "192.0.2.77")).isEqualTo(403);
                assertThat(everywhere.healthAt(address, "evil.example")).isEqualTo(403);
            }
            InetAddress machine = InetAddress.getLocalHost();
            assertThat(everywhere.healthAt(machine, machine.getHostName())).isEqualTo(200);
        }
    }

    private static List<InetAddress> addressesOfThisMachine() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .toList();
    }

    @Test
    void aPortInUseIsNamed() {
        int port = Integer.parseInt(served.host().replaceFirst(".*:", ""));
        assertThatThrownBy(() -> start(
                        new DeviceServer.Settings(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), false),
                        token()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on localhost:" + port);
    }

    @Test
    void metricsAreTheSnapshotAsJson() throws IOException {
        JsonNode json = served.get("/api/sync/metrics").json();
        JsonNode direct = ServedDevice.JSON.readTree(SnapshotJson.compact(served.device.metrics.snapshot()));
        assertThat(json.path("operations")).isEqualTo(direct.path("operations"));
        assertThat(json.path("operations").path("changes_applied").longValue()).isEqualTo(8);
        assertThat(json.path("library").path("name").textValue()).isEqualTo("My \"Library\"");
    }

    @Test
    void categoriesAddUpAndTheOthersAreAbsent() {
        JsonNode json = served.get("/api/sync/metrics?category=state&category=data-volume")
                .json();
        assertThat(json.has("state") && json.has("data_volume")).isTrue();
        assertThat(json.has("operations") || json.has("performance") || json.has("errors"))
                .isFalse();
    }

    @Test
    void filtersSelectByPeerAndModel() {
        JsonNode json = served.get("/api/sync/metrics?peer=desktop&model=entry").json();
        assertThat(json.path("filter").path("peer").textValue()).isEqualTo(BeansFixture.PEER);
        assertThat(json.path("operations").path("changes_received").longValue()).isEqualTo(8);
    }

    @Test
    void textIsTheScreen() {
        Answer answer = served.get(
                "/api/sync/metrics?category=operations&zone=Europe/Berlin&color=false&ascii=true",
                "Accept: text/plain");
        assertThat(answer.head()).contains("text/plain");
        assertThat(answer.body())
                .startsWith("Sync Metrics (Library: My \"Library\")")
                .contains("Changes applied: 8");
        assertThat(answer.body().chars().allMatch(letter -> letter < 128)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "peer=nobody",
                "model=nothing",
                "category=everything",
                "since=yesteday",
                "since=2999-01-01",
                "until=12",
                "window=epoch:99",
                "window=1h&since=1h",
                "limit=many",
                "limit=101",
                "zone=Mars",
                "color=red",
                "peer=desktop&peer=self",
                "verbose=true"
            })
    void aBadValueAnswers400WithTheReason(String query) {
        for (String type : List.of("text/plain", "application/json")) {
            Answer answer = served.get("/api/sync/metrics?" + query, "Accept: " + type);
            assertThat(answer.status()).as(type).isEqualTo(400);
            assertThat(answer.json().path("error").textValue()).isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, text/plain",
        "TEXT/Plain;q=0.5, text/plain",
        "'text/plain, application/json', text/plain",
        "'application/json, text/plain', application/json",
        "'text/plain;q=0, application/json', application/json",
        "'text/plain; q=0.0', application/json",
        "*/*, application/json"
    })
    void whatTheClientPrefersIsAnswered(String accept, String type) {
        assertThat(served.get("/api/sync/metrics", "Accept: " + accept).head()).contains("ype: " + type);
    }

    @Test
    void onlyGetIsAnswered() {
        assertThat(served.post("/api/sync/metrics", "{}").status()).isEqualTo(405);
    }

    @Test
    void contentTellsWhatTheLibraryHolds() {
        assertThat(served.get("/api/sync/content").json())
                .hasToString("{\"device_id\":\"d\",\"digests\":{\"tag\":\"0f\"},\"heads\":{\"d\":{\"shared\":3}}}");
        assertThat(served.get("/api/sync/content?peer=x").status()).isEqualTo(400);
    }

    @Test
    void partnersNameTheLikelyReasonWhenThereAreNone() {
        JsonNode json = served.get("/api/sync/partners").json();
        assertThat(json.path("partners")).isEmpty();
        assertThat(json.path("reasons").path(0).textValue()).isEqualTo("no peer is configured");
        assertThat(json.path("enabled")).isEqualTo(BooleanNode.TRUE);
        assertThat(served.get("/api/sync/partners", "Accept: text/plain").body())
                .startsWith("No partners");
    }

    @Test
    void partnersSayWhetherAnythingIsRecorded() {
        served.device.metrics.disable(EpochKeeper.NONE);
        assertThat(served.get("/api/sync/partners").json().path("enabled")).isEqualTo(BooleanNode.FALSE);
    }

    private Answer bare(String path, String... headers) {
        List<String> all = new ArrayList<>(List.of("Host: " + served.host()));
        all.addAll(List.of(headers));
        return served.bare("GET", path, "", all);
    }

    private static String basic(String pair) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private HttpToken token() {
        try {
            return HttpToken.of(directory, new SecureRandom());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(DeviceServer.Settings settings, HttpToken token) throws IOException {
        DeviceServer.start(settings, token, served.device.beans, new NoProcess(), served.device.clock)
                .close();
    }
}
