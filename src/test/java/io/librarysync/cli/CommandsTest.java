package io.librarysync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.cli.CommandLineRun.Shell;
import io.librarysync.cli.FakeDevice.Answer;
import io.librarysync.cli.FakeDevice.Asked;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandsTest {
    private static final String SYNC_BEAN = "io.librarysync:type=Control,library=x,name=Sync";

    private final Path directory;

    CommandsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void theScreenIsWhatTheDeviceRenders() throws IOException {
        try (FakeDevice device = new FakeDevice(request -> Answer.ok("Sync Metrics\n\n"))) {
            device.runIn(directory);
            assertThat(run("sync", "metrics", "--errors", "--peer", "desk top", "--limit", "3"))
                    .isEqualTo(new CommandLineRun(0, "Sync Metrics\n", ""));
            assertThat(device.asked)
                    .containsExactly(new Asked(
                            "GET /api/sync/metrics?peer=desk+top&limit=3&category=errors"
                                    + "&zone=Europe%2FBerlin&color=false&ascii=false",
                            "text/plain", ""));
        }
    }

    @Test
    void jsonIsWhatTheDeviceAnswers() throws IOException {
        try (FakeDevice device = new FakeDevice(request -> Answer.ok("{\"schema_version\":1}"))) {
            device.runIn(directory);
            assertThat(run("sync", "metrics", "--json"))
                    .isEqualTo(new CommandLineRun(0, "{\"schema_version\":1}\n", ""));
            assertThat(run("sync", "metrics", "-f", "json")).isEqualTo(run("sync", "metrics", "--json"));
            assertThat(device.asked.get(0)).isEqualTo(new Asked("GET /api/sync/metrics", "application/json", ""));
        }
    }

    @Test
    void aLimitIsForTheScreenOnly() throws IOException {
        try (FakeDevice device = new FakeDevice(request -> Answer.ok("{}"))) {
            device.runIn(directory);
            assertThat(run("sync", "metrics", "--json", "--format", "text"))
                    .isEqualTo(new CommandLineRun(
                            2, "", "sd: --json, --format text: they contradict each other; leave out one of them\n"));
            assertThat(run("sync", "metrics", "--json", "--limit", "3"))
                    .isEqualTo(new CommandLineRun(
                            2, "", "sd: --limit: is for the screen; --json has all recent errors that are kept\n"));
        }
    }

    @Test
    void thePageForPrometheusIsTheOneThatIsScraped() throws IOException {
        try (FakeDevice device = new FakeDevice(request -> Answer.ok("librarysync_in_sync 1.0\n"))) {
            device.runIn(directory);
            assertThat(run("sync", "metrics", "--format", "prom"))
                    .isEqualTo(new CommandLineRun(0, "librarysync_in_sync 1.0\n", ""));
            assertThat(device.asked).containsExactly(new Asked("GET /metrics", "text/plain", ""));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--since=1h",
                "--until=1h",
                "--peer=Desktop",
                "--model=entry",
                "--watch",
                "--limit=3",
                "--data-volume",
                "--errors"
            })
    void whatPrometheusDoesItselfIsRefused(String option) throws IOException {
        try (FakeDevice device = new FakeDevice(request -> Answer.ok(""))) {
            device.runIn(directory);
            assertThat(run("sync", "metrics", "-f", "prom", option))
                    .isEqualTo(new CommandLineRun(
                            2,
                            "",
                            "sd: %s, --format prom: the page for Prometheus is always all of the run so far; leave out one of them\n"
                                    .formatted(option.replaceFirst("=.*", ""))));
            assertThat(device.asked).isEmpty();
        }
    }

    @Test
    void jsonIsNotForPrometheus() {
        assertThat(run("sync", "metrics", "--json", "--format", "prom"))
                .isEqualTo(new CommandLineRun(
                        2, "", "sd: --json, --format prom: they contradict each other; leave out one of them\n"));
    }

    @Test
    void whatTheDeviceCallsWrongUsageIsWrongUsage() throws IOException {
        try (FakeDevice device = new FakeDevice(
                request -> new Answer(400, "{\"error\": \"model: no model is called entri; there is entry, tag\"}"))) {
            device.runIn(directory);
            assertThat(run("sync", "metrics", "--model", "entri"))
                    .isEqualTo(new CommandLineRun(2, "", "sd: model: no model is called entri; there is entry, tag\n"));
        }
    }

    @Test
    void aRefusedTokenSaysWhereTheRightOneIs() throws IOException {
        try (FakeDevice device = new FakeDevice(request -> Answer.ok(""))) {
            Path wrong = Files.writeString(directory.resolve("wrong"), "another");
            assertThat(run("sync", "metrics", "--url", device.url(), "--token-file", wrong.toString()))
                    .isEqualTo(new CommandLineRun(
                            1,
                            "",
                            "sd: token: refused by %s; use the device's own DIR/http.token\n".formatted(device.url())));
        }
    }

    @Test
    void withoutARunningDeviceACommandSaysHowToStartOne() {
        assertThat(run("status"))
                .isEqualTo(new CommandLineRun(
                        1,
                        "",
                        "sd: no device is running in %s; start one with: sd start --data DIR --name NAME\n"
                                .formatted(directory)));
    }

    @Test
    void statusTellsHowTheDeviceIsAndWhereItCanBeReached() throws IOException {
        String metrics =
                """
                {"enabled": true, "device": {"name": "laptop", "id": "d"}, "library": {"name": "Photos", "id": "l"},
                 "state": {"current_state": "Ready", "in_sync": true, "peers_online": 1, "peers_known": 2}}""";
        try (FakeDevice device = new FakeDevice(request -> Answer.ok(metrics))) {
            device.runIn(directory);
            assertThat(run("status").out())
                    .isEqualTo(
                            """
                            Device: laptop (d)
                            Library: Photos (l)
                            State: Ready, in sync, 1 of 2 partners online
                            HTTP: %s
                            Dashboard: %s/?token=%s
                            Sync: 127.0.0.1:7800
                            JMX: service:jmx:rmi:///jndi/rmi://127.0.0.1:9010/jmxrmi
                            Process: %d
                            """
                                    .formatted(
                                            device.url(),
                                            device.url(),
                                            FakeDevice.TOKEN,
                                            ProcessHandle.current().pid()));
        }
    }

    @Test
    void aCrashedDeviceIsNotTakenForARunningOne() throws Exception {
        Process process = new ProcessBuilder("true").start();
        ProcessHandle handle = process.toHandle();
        try (FakeDevice device = new FakeDevice(request -> Answer.ok(""))) {
            NodeFile node = device.node(handle);
            process.waitFor();
            node.write(directory);
            assertThat(run("sync", "pause").err())
                    .isEqualTo(("sd: no device is running in %s (its last process, %d, is gone); "
                                    + "start one with: sd start --data DIR --name NAME%n")
                            .formatted(directory, node.pid()));
        }
    }

    @Test
    void whyAsksForAPathFromWhereItIsTyped() throws IOException {
        try (FakeDevice device = new FakeDevice(request -> Answer.ok("on both devices\n\n  entry\n"))) {
            device.runIn(directory);
            assertThat(run("sync", "why", "sub/../a b.jpg"))
                    .isEqualTo(new CommandLineRun(0, "on both devices\n\n  entry\n", ""));
            run("sync", "why", "1b4e28ba-2fa1-11d2-883f-0016d3cca427", "--json");
            run("sync", "why", "--tag", "red", "--no-color", "--json");
            assertThat(device.asked)
                    .containsExactly(
                            new Asked(
                                    "GET /api/sync/why?of="
                                            + URLEncoder.encode(directory + "/a b.jpg", StandardCharsets.UTF_8)
                                            + "&zone=Europe%2FBerlin&color=false&ascii=false",
                                    "text/plain",
                                    ""),
                            new Asked(
                                    "GET /api/sync/why?of=1b4e28ba-2fa1-11d2-883f-0016d3cca427&zone=Europe%2FBerlin",
                                    "application/json", ""),
                            new Asked("GET /api/sync/why?of=tag%3Ared&zone=Europe%2FBerlin", "application/json", ""));
        }
    }

    @Test
    void whyNeedsOneThingToAskFor() throws IOException {
        CommandLineRun refused = new CommandLineRun(2, "", "sd: why: needs one of PATH, UUID and --tag NAME\n");
        assertThat(run("sync", "why")).isEqualTo(refused);
        assertThat(run("sync", "why", "a.jpg", "--tag", "red")).isEqualTo(refused);
        try (FakeDevice device = new FakeDevice(
                request -> new Answer(400, "{\"error\": \"of: no record of this library is /a.jpg\"}"))) {
            device.runIn(directory);
            assertThat(run("sync", "why", "/a.jpg"))
                    .isEqualTo(new CommandLineRun(2, "", "sd: of: no record of this library is /a.jpg\n"));
        }
    }

    @Test
    void aSearchPrintsOnePathPerLine() throws IOException {
        try (FakeDevice device = new FakeDevice(jolokia("[\"/home/a.jpg\", \"/home/o'b\\u00e4.jpg\"]"))) {
            device.runIn(directory);
            assertThat(run("search", "jpg")).isEqualTo(new CommandLineRun(0, "/home/a.jpg\n/home/o'bä.jpg\n", ""));
            assertThat(device.asked.get(1).body())
                    .isEqualTo("{\"type\":\"exec\",\"mbean\":\"" + SYNC_BEAN
                            + "\",\"operation\":\"search(java.lang.String)\",\"arguments\":[\"jpg\"]}");
        }
    }

    @Test
    void aPathWithControlCharactersIsOneLine() throws IOException {
        try (FakeDevice device = new FakeDevice(jolokia("[\"/a\\nb\\u001b[31m.jpg\"]"))) {
            device.runIn(directory);
            assertThat(run("search", "jpg")).isEqualTo(new CommandLineRun(0, "/a b [31m.jpg\n", ""));
        }
    }

    @Test
    void aNodeFileWithNothingInItIsDamaged() throws IOException {
        Files.writeString(directory.resolve("node.json"), "null");
        CommandLineRun damaged = new CommandLineRun(
                1,
                "",
                "sd: %s: cannot be read; remove it if no device runs there\n"
                        .formatted(directory.resolve("node.json")));
        assertThat(run("status")).isEqualTo(damaged);
        assertThat(run("stop")).isEqualTo(damaged);
    }

    @Test
    void anAddressThatIsNoneIsWrongUsage() {
        assertThat(new Shell(directory, Map.of("SD_URL", "http://[bad")).run("status"))
                .isEqualTo(new CommandLineRun(
                        2, "", "sd: SD_URL: cannot use \"http://[bad\"; try http://127.0.0.1:8778\n"));
        assertThat(run("status", "--url", "ftp://host"))
                .isEqualTo(
                        new CommandLineRun(2, "", "sd: --url: cannot use \"ftp://host\"; try http://127.0.0.1:8778\n"));
    }

    @Test
    void pathsAreMadeAbsoluteWhereTheyAreTyped() throws IOException {
        try (FakeDevice device = new FakeDevice(jolokia("null"))) {
            device.runIn(directory);
            assertThat(run("location", "add", "photos/../music")).isEqualTo(new CommandLineRun(0, "", ""));
            assertThat(device.asked.get(1).body()).contains("\"arguments\":[\"" + directory.resolve("music") + "\"]");
        }
    }

    @Test
    void whatAnOperationRefusesIsOneLineWithoutClassNames() throws IOException {
        try (FakeDevice device = new FakeDevice(request -> request.body().contains("\"search\",")
                ? Answer.ok("{\"status\":200,\"value\":[\"" + SYNC_BEAN + "\"]}")
                : Answer.ok("{\"status\":500,\"error\":"
                        + "\"java.lang.IllegalArgumentException : location: /nowhere is no directory\"}"))) {
            device.runIn(directory);
            assertThat(run("location", "add", "/nowhere"))
                    .isEqualTo(new CommandLineRun(1, "", "sd: location: /nowhere is no directory\n"));
        }
    }

    @Test
    void aResetAsksFirst() throws IOException {
        try (FakeDevice device = new FakeDevice(jolokia("null"))) {
            device.runIn(directory);
            assertThat(run("sync", "reset"))
                    .isEqualTo(new CommandLineRun(2, "", "sd: reset: nobody can be asked here; add --yes\n"));
            assertThat(shell().answering("n").run("sync", "reset").out()).isEqualTo("Nothing was reset.\n");
            assertThat(device.asked).isEmpty();
            shell().answering("y").run("sync", "reset");
            run("sync", "reset", "--yes");
            assertThat(device.asked)
                    .filteredOn(asked -> asked.body().contains("reset()"))
                    .hasSize(2);
        }
    }

    @Test
    void theSwitchOfMetricsIsOneAttribute() throws IOException {
        try (FakeDevice device = new FakeDevice(jolokia("true"))) {
            device.runIn(directory);
            run("sync", "disable");
            assertThat(device.asked.get(1).body())
                    .isEqualTo("{\"type\":\"write\",\"mbean\":\"" + SYNC_BEAN
                            + "\",\"attribute\":\"Enabled\",\"value\":false}");
        }
    }

    @Test
    void anUnknownFlagIsWrongUsageInOneLine() {
        assertThat(run("sync", "metrics", "--sinse", "1h"))
                .isEqualTo(new CommandLineRun(
                        2, "", "sd: Unknown options: '--sinse', '1h'; see sd sync metrics --help\n"));
    }

    @Test
    void aGroupAloneNamesItsCommands() {
        assertThat(run("location"))
                .isEqualTo(new CommandLineRun(
                        2, "", "sd: location: needs a command; there is add, list; see sd location --help\n"));
    }

    @Test
    void twoDevicesAtOnceAreWrongUsage() {
        assertThat(run("status", "--data", "a", "--url", "http://127.0.0.1:1"))
                .isEqualTo(new CommandLineRun(2, "", "sd: --url, --data: they name two devices; use one of them\n"));
    }

    @Test
    void everyCommandHasHelpAndVersion() {
        List<String> paths = new ArrayList<>();
        collect("", shell().commands(), paths);
        assertThat(paths).hasSizeGreaterThan(20).allSatisfy(path -> {
            assertThat(run(words(path, "--help")).out()).startsWith("Usage: sd");
            assertThat(run(words(path, "--version")).out()).matches("sd \\d+\\.\\d+\\.\\d+\n");
        });
    }

    @Test
    void flagsOfStartAreSettings() {
        List<StartRequest> requests = new ArrayList<>();
        NodeHost host = new NodeHost() {
            @Override
            public void run(StartRequest request, Terminal terminal) {
                requests.add(request);
            }

            @Override
            public List<Assignment> settings(StartRequest request) {
                return List.of();
            }
        };
        shell().run(
                        host,
                        words(
                                "start --name laptop --peer a:1 --peer b:2 --set wire_format=json --location photos",
                                "--no-metrics"));
        assertThat(requests)
                .containsExactly(new StartRequest(
                        directory,
                        null,
                        null,
                        List.of(
                                new Assignment("wire_format", "json", "--set"),
                                new Assignment("name", "laptop", "--name"),
                                new Assignment("peers", "a:1,b:2", "--peer"),
                                new Assignment("enable_metrics", "false", "--no-metrics")),
                        List.of(directory.resolve("photos"))));
    }

    @Test
    void settingsOfARunningDeviceAreThoseItStartedWith() throws IOException {
        assertThat(run("config").out()).isEqualTo("listen=127.0.0.1:7800  # default\n");
        try (FakeDevice device = new FakeDevice(request -> Answer.ok(""))) {
            device.runIn(directory);
            assertThat(run("config").out()).isEqualTo("name=laptop  # --name\n");
        }
    }

    private static Function<Asked, Answer> jolokia(String value) {
        return request -> request.body().contains("\"search\",")
                ? Answer.ok("{\"status\":200,\"value\":[\"" + SYNC_BEAN + "\"]}")
                : Answer.ok("{\"status\":200,\"value\":" + value + "}");
    }

    private static void collect(String path, CommandLine command, List<String> paths) {
        paths.add(path);
        command.getSubcommands().forEach((name, sub) -> collect((path + " " + name).strip(), sub, paths));
    }

    private static String[] words(String path, String last) {
        return (path + " " + last).strip().split(" ");
    }

    private CommandLineRun run(String... arguments) {
        return shell().run(arguments);
    }

    private Shell shell() {
        return new Shell(directory, Map.of("SD_DATA", directory.toString()));
    }
}
