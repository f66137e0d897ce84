package io.librarysync.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.cli.Assignment;
import io.librarysync.cli.CommandFailure;
import io.librarysync.cli.StartRequest;
import io.librarysync.engine.EngineKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeConfigTest {
    private final Path directory;

    NodeConfigTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void aLaterLayerWinsAndSaysWhereItIsFrom() throws IOException {
        Path own = Files.writeString(
                directory.resolve("config.properties"),
                "name=own\nheartbeat_interval_secs=11\nmessage_timeout_secs=11\nsafety_poll_secs=11\n");
        Path more = Files.writeString(
                directory.resolve("more.properties"), "heartbeat_interval_secs=12\nmessage_timeout_secs=12\n");
        List<Assignment> settings = NodeConfig.settings(new StartRequest(
                directory, more, "aggressive", List.of(set("heartbeat_interval_secs", "13")), List.of()));
        assertThat(settings)
                .contains(
                        new Assignment("name", "own", own.toString()),
                        new Assignment("heartbeat_interval_secs", "13", "--set"),
                        new Assignment("message_timeout_secs", "15", "--preset aggressive"),
                        new Assignment("safety_poll_secs", "11", own.toString()),
                        new Assignment("backfill_batch_size", "5000", "--preset aggressive"),
                        new Assignment("listen", "127.0.0.1:7800", "default"));
    }

    @Test
    void everyKeyOfTheEngineReachesIt() {
        List<Assignment> sets = new ArrayList<>(List.of(set("name", "laptop")));
        for (EngineKey key : EngineKey.values()) {
            sets.add(set(key.label(), String.valueOf(key.valueIn(EngineKey.Preset.STANDARD) + 1)));
        }
        NodeConfig config = NodeConfig.of(request(null, sets));
        assertThat(EngineKey.values())
                .allSatisfy(key ->
                        assertThat(config.engine().get(key)).isEqualTo(key.valueIn(EngineKey.Preset.STANDARD) + 1));
    }

    @Test
    void everyKeyOfTheNodeReachesIt() {
        NodeConfig config = NodeConfig.of(request(
                null,
                List.of(
                        set("name", "laptop"),
                        set("library", "Photos"),
                        set("listen", "127.0.0.1:0"),
                        set("peers", "a:1, [::1]:2"),
                        set("http", "127.0.0.1:0"),
                        set("insecure_http", "true"),
                        set("jmx", "127.0.0.1:9"),
                        set("secret_file", "secret"),
                        set("enable_metrics", "false"),
                        set("metrics_updates_per_sec", "5"),
                        set("device_beans", "0"))));
        assertThat(config.name()).isEqualTo("laptop");
        assertThat(config.libraryName()).isEqualTo("Photos");
        assertThat(config.listen()).isEqualTo(new HostPort("127.0.0.1", 0));
        assertThat(config.peers()).containsExactly(new HostPort("a", 1), new HostPort("[::1]", 2));
        assertThat(config.http()).isEqualTo(new HostPort("127.0.0.1", 0));
        assertThat(config.insecureHttp()).isTrue();
        assertThat(config.jmx()).contains(new HostPort("127.0.0.1", 9));
        assertThat(config.secretFile()).contains(directory.resolve("secret"));
        assertThat(config.metricsEnabled()).isFalse();
        assertThat(config.metricsUpdatesPerSecond()).isEqualTo(5);
        assertThat(config.deviceBeans()).isZero();
    }

    @Test
    void aDeviceOnTheMoveSwitchesMetricsOff() {
        assertThat(NodeConfig.of(request("mobile", List.of(set("name", "phone"))))
                        .metricsEnabled())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            heartbeat_interval_secs | 0       | heartbeat_interval_secs is 0, but must be from 1 to 3600 (--set)
            page_max_bytes          | lots    | page_max_bytes is lots, but must be a whole number (--set)
            wire_format             | xml     | wire_format is xml, but must be smile or json (--set)
            listen                  | 7800    | listen is "7800", but must be HOST:PORT such as 127.0.0.1:7800 (--set)
            listen                  | a:99999 | listen is "a:99999", but must be HOST:PORT such as 127.0.0.1:7800 (--set)
            enable_metrics          | yes     | enable_metrics is "yes", but must be true or false (--set)
            device_beans            | -1      | device_beans is "-1", but must be a whole number from 0 to 100000 (--set)
            heartbeat               | 1       | heartbeat: no setting is called that (--set); sd config lists them
            """)
    void aBadSettingFailsWithItsName(String key, String value, String message) {
        assertThatFailure(request(null, List.of(set(key, value)))).hasMessage(message);
    }

    @Test
    void anUnknownPresetNamesThoseThereAre() {
        assertThatFailure(request("fast", List.of()))
                .hasMessage("--preset: there is no \"fast\"; try aggressive, conservative, mobile");
    }

    @Test
    void aNewDeviceNeedsAName() {
        assertThatFailure(request(null, List.of())).hasMessage("name: a new device needs one; add --name NAME");
    }

    @Test
    void aKnownDeviceKeepsItsName() throws IOException {
        new Identity(new UUID(0, 1), "laptop", new UUID(0, 2), "Photos").write(directory);
        NodeConfig config = NodeConfig.of(StartRequest.of(directory));
        assertThat(config.name()).isEqualTo("laptop");
        assertThat(config.libraryName()).isEqualTo("Photos");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"device_id\": \"no\"}", "{\"device_name\": \"half of it\"}"})
    void aDamagedIdentityIsNeverReplaced(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("device.json"), text);
        assertThatFailure(StartRequest.of(directory))
                .hasMessage(file + ": is damaged; put it back from a copy, since without it the device is another one");
        assertThat(file).hasContent(text);
    }

    @Test
    void theSameNameAndSecretAreTheSameLibrary() {
        UUID library = Secret.of("open sesame").libraryId("Photos");
        assertThat(Secret.of("open sesame").libraryId("Photos")).isEqualTo(library);
        assertThat(Secret.of("open barley").libraryId("Photos")).isNotEqualTo(library);
        assertThat(Secret.of("open sesame").libraryId("Music")).isNotEqualTo(library);
        assertThat(library.version()).isEqualTo(3);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertThatFailure(StartRequest request) {
        return assertThatThrownBy(() -> NodeConfig.of(request)).isInstanceOf(CommandFailure.class);
    }

    private StartRequest request(@Nullable String preset, List<Assignment> assignments) {
        return new StartRequest(directory, null, preset, assignments, List.of());
    }

    private static Assignment set(String key, String value) {
        return new Assignment(key, value, "--set");
    }
}
