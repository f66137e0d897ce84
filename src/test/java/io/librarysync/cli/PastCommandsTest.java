package io.librarysync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.cli.CommandLineRun.Shell;
import io.librarysync.cli.FakeDevice.Answer;
import io.librarysync.cli.FakeDevice.Asked;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.events.EventId;
import io.librarysync.events.SyncEvent;
import io.librarysync.events.SyncEventType;
import io.librarysync.export.SnapshotJson;
import io.librarysync.history.History;
import io.librarysync.history.HistorySettings;
import io.librarysync.history.StoredHistory;
import io.librarysync.history.Window;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.testing.ManualClock;
import io.librarysync.testing.MemoryEventStore;
import io.librarysync.testing.MemorySnapshotStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that look back: {@code history}, {@code compare} and {@code epochs}. */
class PastCommandsTest {
    private static final Member LIBRARY = new Member("library", "Photos");
    private static final Member DEVICE = new Member("self", "laptop");
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final DeviceId DESKTOP = DeviceId.parse("e20b5f31-0000-4000-8000-000000000001");
    private static final String COMPARED =
            """
            Before: laptop, 2026-02-03 12:00:00 to 2026-02-03 12:00:10 (10s)
            After:  laptop, 2026-02-03 12:00:10 to 2026-02-03 12:00:20 (10s)

            METRIC                       BEFORE  AFTER  CHANGE  BEFORE/S  AFTER/S  RELATIVE
            operations.changes_received      10     90     +80      1.00     9.00   +800.0%
            """;

    private final Path directory;
    private final ManualClock clock = new ManualClock();
    private final SyncMetrics metrics = new SyncMetrics(LIBRARY, DEVICE, clock, List.of(ENTRY), true);
    private final MemorySnapshotStore store = new MemorySnapshotStore();
    private final MemoryEventStore archive = new MemoryEventStore();
    private final History history =
            new History(metrics, store, clock, HistorySettings.STANDARD, "run", SnapshotJson::compact, Runnable::run);

    PastCommandsTest(@TempDir Path directory) {
        this.directory = directory;
        history.begin(Runnable::run);
    }

    @Test
    void historyIsWhatTheDeviceRenders() throws IOException {
        try (FakeDevice device = new FakeDevice(request -> Answer.ok("Sync History\n"))) {
            device.runIn(directory);
            assertThat(run(words(
                            "sync history changes_applied bytes_sent --since 2d --step 1h --peer desktop --chart")))
                    .isEqualTo(new CommandLineRun(0, "Sync History\n", ""));
            assertThat(device.asked)
                    .containsExactly(new Asked(
                            "GET /api/sync/history?metric=changes_applied&metric=bytes_sent&since=2d&step=1h&peer=desktop"
                                    + "&zone=Europe%2FBerlin&color=false&ascii=false&chart=true",
                            "text/plain", ""));
        }
    }

    @Test
    void historyIsAlsoThereAsJsonAndCsv() throws IOException {
        try (FakeDevice device = new FakeDevice(request -> Answer.ok(request.accept()))) {
            device.runIn(directory);
            assertThat(run(words("sync history bytes_sent --json")).out()).isEqualTo("application/json\n");
            assertThat(run(words("sync history bytes_sent --csv")).out()).isEqualTo("text/csv\n");
            assertThat(device.asked).extracting(Asked::line).containsOnly("GET /api/sync/history?metric=bytes_sent");
        }
    }

    @Test
    void historyWithoutAMetricNamesSome() {
        assertThat(run("sync", "history"))
                .isEqualTo(new CommandLineRun(
                        2,
                        "",
                        "sd: history: needs a metric, such as changes_applied, bytes_sent or apply_latency_ms.p95\n"));
    }

    @Test
    void oneFormOfHistoryExcludesTheOthers() {
        assertThat(run(words("sync history bytes_sent --csv --chart")))
                .isEqualTo(new CommandLineRun(
                        2, "", "sd: --json, --csv, --chart: they exclude each other; use one of them\n"));
    }

    @Test
    void completionOffersTheNamesOfMetrics() {
        assertThat(run("completion").out()).contains("\"changes_applied\"", "\"lost.retry_exhausted\"");
    }

    @Test
    void twoFilesNeedNoDevice() throws IOException {
        twoEpochs();
        Path before = file("before.json", 1);
        Path after = file("after.json", 2);
        assertThat(run("sync", "compare", "before.json", "after.json", "--limit", "1"))
                .isEqualTo(new CommandLineRun(0, COMPARED, ""));
        assertThat(run("sync", "compare", before.toString(), after.toString(), "--limit", "1")
                        .out())
                .isEqualTo(COMPARED);
    }

    @Test
    void comparingAFileWithItselfFindsNothing() throws IOException {
        twoEpochs();
        file("same.json", 1);
        assertThat(run("sync", "compare", "same.json", "same.json").out()).endsWith("\nNo differences\n");
        assertThat(run("sync", "compare", "same.json", "same.json", "--all")
                        .out()
                        .lines())
                .hasSizeGreaterThan(100);
    }

    @Test
    void aRunningDeviceIsAskedForBothWindows() throws IOException {
        twoEpochs();
        try (FakeDevice device =
                new FakeDevice(request -> Answer.ok(json(request.line().contains("window=1h") ? 1 : 2)))) {
            device.runIn(directory);
            assertThat(run(words("sync compare 1h yesterday..today --model entry --limit 1")))
                    .isEqualTo(new CommandLineRun(0, COMPARED, ""));
            assertThat(device.asked)
                    .extracting(Asked::line)
                    .containsExactly(
                            "GET /api/sync/metrics?window=1h&model=entry&zone=Europe%2FBerlin",
                            "GET /api/sync/metrics?window=yesterday..today&model=entry&zone=Europe%2FBerlin");
        }
    }

    @Test
    void aStoppedDeviceIsAskedForWhatItHasKept() {
        twoEpochs();
        history.close();
        assertThat(shell().run(new KeepingHost(), words("sync compare epoch:1 epoch:2 --limit 1")))
                .isEqualTo(new CommandLineRun(0, COMPARED, ""));
        assertThat(shell().run(new KeepingHost(), words("sync compare epoch:1 epoch:9")))
                .isEqualTo(new CommandLineRun(2, "", "sd: epoch:9: there is none; known are 1 to 3\n"));
    }

    @Test
    void theJsonHasEveryNumberOfADifference() throws IOException {
        twoEpochs();
        file("before.json", 1);
        file("after.json", 2);
        assertThat(run(words("sync compare before.json after.json --json --limit 1"))
                        .out())
                .isEqualTo(
                        """
                        {
                          "before" : {
                            "device" : "laptop",
                            "window" : {
                              "from" : "2026-02-03T11:00:00.000Z",
                              "to" : "2026-02-03T11:00:10.000Z",
                              "span" : "past",
                              "complete" : true
                            }
                          },
                          "after" : {
                            "device" : "laptop",
                            "window" : {
                              "from" : "2026-02-03T11:00:10.000Z",
                              "to" : "2026-02-03T11:00:20.000Z",
                              "span" : "past",
                              "complete" : true
                            }
                          },
                          "differences" : [ {
                            "metric" : "operations.changes_received",
                            "unusual" : 2.154,
                            "changes" : [ {
                              "kind" : "counter",
                              "unit" : "changes",
                              "before" : 10,
                              "after" : 90,
                              "absolute" : 80,
                              "before_per_second" : 1.0,
                              "after_per_second" : 9.0,
                              "relative" : 8.0
                            } ]
                          } ]
                        }
                        """);
    }

    @Test
    void aFileIsNotFiltered() throws IOException {
        twoEpochs();
        file("before.json", 1);
        assertThat(run(words("sync compare before.json 1h --peer desktop")))
                .isEqualTo(new CommandLineRun(
                        2,
                        "",
                        "sd: --peer, --model: a file holds what was asked for when it was written; filter there\n"));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(run(words("sync compare before.json 1h")))
                .isEqualTo(new CommandLineRun(2, "", "sd: compare: there is no file before.json\n"));
    }

    @Test
    void aFileOfSomethingElseIsNamed() throws IOException {
        Files.writeString(directory.resolve("notes.json"), "{}");
        assertThat(run(words("sync compare notes.json notes.json")).err())
                .isEqualTo("sd: %s: not a snapshot of schema version 1: found \n"
                        .formatted(directory.resolve("notes.json")));
    }

    @Test
    void theEventsOfAStoppedDeviceAreThoseThatItHasKept() {
        metrics.recorder().peerKnown(DESKTOP, "Desktop");
        twoEpochs();
        history.close();
        kept(1, Duration.ofMinutes(50), SyncEventType.STATE_TRANSITION, null, "Uninitialized -> Ready: first member");
        kept(2, Duration.ofMinutes(40), SyncEventType.PEER_CONNECTED, DESKTOP, "online");
        kept(3, Duration.ofMinutes(10), SyncEventType.PEER_DISCONNECTED, DESKTOP, "offline: gone");
        String note = "sd: the device in " + directory + " does not run; these are events that it has kept\n";

        assertThat(shell().at(clock).run(new KeepingHost(), words("sync events --since 45m --limit 1 --offset 1")))
                .isEqualTo(new CommandLineRun(
                        0, "2026-02-03 11:20:20.000  info  peer_connected  Desktop  online\n", note));
        assertThat(stopped("sync events --peer e20b --severity info --format ndjson")
                        .out())
                .hasLineCount(2);
        assertThat(stopped("sync events --peer self --category lifecycle --format csv")
                        .out())
                .hasLineCount(2);
        assertThat(stopped("sync events --model entry")).isEqualTo(new CommandLineRun(0, "", note));
        assertThat(stopped("sync events --peer nobody"))
                .extracting(CommandLineRun::exitCode, CommandLineRun::out)
                .containsExactly(2, "");
        assertThat(stopped("sync events --limit x"))
                .isEqualTo(new CommandLineRun(2, "", "sd: limit: 0 to 100000, found \"x\"\n"));
    }

    @Test
    void aStoppedDeviceCanNeitherBeFollowedNorAskOthers() {
        for (String flag : List.of("--follow", "--all-devices")) {
            assertThat(stopped("sync events " + flag))
                    .isEqualTo(new CommandLineRun(
                            1,
                            "",
                            "sd: " + flag + ": the device in " + directory
                                    + " does not run and can neither be followed nor ask others;"
                                    + " start one with: sd start --data DIR --name NAME\n"));
        }
    }

    @Test
    void theTimelineOfAStoppedDeviceEndsWhereItStopped() {
        kept(1, Duration.ofMinutes(0), SyncEventType.STATE_TRANSITION, null, "Uninitialized -> Ready: first member");
        clock.advance(Duration.ofMinutes(30));
        history.close();
        clock.advance(Duration.ofMinutes(20));
        CommandLineRun run = stopped("sync timeline");

        assertThat(run.out()).contains("\nState  ..........RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR...................\n");
        assertThat(run.err()).isEqualTo("sd: the device in " + directory + " does not run; this is what it has kept\n");
    }

    @Test
    void epochsOfAStoppedDeviceAreListed() {
        twoEpochs();
        history.close();
        assertThat(shell().run(new KeepingHost(), "sync", "epochs"))
                .isEqualTo(new CommandLineRun(
                        0,
                        """
                        EPOCH  BEGAN                OPENED BY  ENDED                ENDED BY
                            1  2026-02-03 12:00:00  start      2026-02-03 12:00:10  reset
                            2  2026-02-03 12:00:10  reset      2026-02-03 12:00:20  reset
                            3  2026-02-03 12:00:20  reset      2026-02-03 12:00:20  stop
                        """,
                        ""));
    }

    @Test
    void epochsOfARunningDeviceAreWhatItAnswers() throws IOException {
        try (FakeDevice device = new FakeDevice(request -> Answer.ok("EPOCH\n"))) {
            device.runIn(directory);
            assertThat(run("sync", "epochs")).isEqualTo(new CommandLineRun(0, "EPOCH\n", ""));
            assertThat(device.asked)
                    .extracting(Asked::line)
                    .containsExactly("GET /api/sync/epochs?zone=Europe%2FBerlin&ascii=false");
        }
    }

    /** A host that finds the store of this test in every folder. */
    private final class KeepingHost implements NodeHost {

        @Override
        public void run(StartRequest request, Terminal terminal) {
            throw CommandFailure.couldNot("this host starts nothing");
        }

        @Override
        public List<Assignment> settings(StartRequest request) {
            return List.of();
        }

        @Override
        public Optional<KeptPast> keptPast(Path directory) {
            return Optional.of(new KeptPast(new StoredHistory(store, LIBRARY, DEVICE), archive));
        }
    }

    /** Ten seconds with 10 changes, ten with 90, and a reset after each. */
    private void twoEpochs() {
        for (int changes : List.of(10, 90)) {
            metrics.recorder().changesReceived(DESKTOP, Route.LIVE, ModelTally.of(ENTRY, changes));
            clock.advance(Duration.ofSeconds(10));
            metrics.reset(history);
        }
    }

    private Path file(String name, int epoch) throws IOException {
        return Files.writeString(directory.resolve(name), json(epoch));
    }

    private String json(int epoch) {
        return SnapshotJson.pretty(history.capture(new Window.OfEpoch(epoch)).snapshot());
    }

    private static String[] words(String line) {
        return line.split(" ");
    }

    private CommandLineRun stopped(String line) {
        return shell().at(clock).run(new KeepingHost(), words(line));
    }

    /** An event so long before now. */
    private void kept(long number, Duration ago, SyncEventType type, @Nullable DeviceId peer, String summary) {
        archive.write(List.of(new SyncEvent(
                new EventId("run", number),
                Instant.ofEpochMilli(clock.millis()).minus(ago),
                type,
                DEVICE,
                peer == null ? null : new Member(peer.toString(), "Desktop"),
                List.of(),
                null,
                null,
                null,
                summary,
                null)));
    }

    private CommandLineRun run(String... arguments) {
        return shell().run(arguments);
    }

    private Shell shell() {
        return new Shell(directory, Map.of("SD_DATA", directory.toString()));
    }
}
