package io.librarysync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.librarysync.cli.CommandLineRun.Shell;
import io.librarysync.cli.FakeDevice.Answer;
import io.librarysync.cli.FakeDevice.Asked;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.MessageType;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.domain.SyncState;
import io.librarysync.export.SnapshotJson;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.record.SyncLevels;
import io.librarysync.record.SyncRecorder;
import io.librarysync.testing.IdleLink;
import io.librarysync.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two devices that tell numbers, running or in files, and a command that compares them. */
class ReconcileTest {
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final DeviceId A = DeviceId.parse("aaaaaaaa-0000-4000-8000-000000000001");
    private static final DeviceId B = DeviceId.parse("bbbbbbbb-0000-4000-8000-000000000002");
    private static final Pattern PEER = Pattern.compile("peer=([^& ]+)");
    private static final Pattern MODEL = Pattern.compile("model=([^& ]+)");
    private static final String AGREEING = "laws hold, 0 open, 0 differ.\nThe books agree.\n";

    private final Path directory;

    ReconcileTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void whatOneSentTheOtherReceived() throws IOException {
        CommandLineRun run = reconcile(new Numbers(A, B, 12), new Numbers(B, A, 12), "--wait", "60");
        assertThat(run.out()).endsWith(AGREEING).hasLineCount(2);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void everyLawIsShownOnRequest() throws IOException {
        assertThat(reconcile(new Numbers(A, B, 12), new Numbers(B, A, 12), "--all")
                        .out())
                .contains("holds    C1  a to b, entry: changes_delivered + records_served = changes_received"
                        + " (12 + 0 = 12; 12)\n")
                .endsWith(AGREEING);
    }

    @Test
    void aMissingChangeIsFoundAndNamed() throws IOException {
        CommandLineRun run = reconcile(new Numbers(A, B, 12), new Numbers(B, A, 11));
        assertThat(run.out())
                .contains(
                        """
                        DIFFERS  C1  a to b, entry: changes_delivered + records_served = changes_received
                                     12 + 0 = 12; 11; difference 1
                        """)
                .endsWith("The books differ.\n");
        assertThat(run.err()).isEqualTo("sd: the books differ in 4 places, first in C1 of a to b\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void framesThatMoveWhileBothAreReadAreReadAgain() throws IOException {
        Numbers moving = new Numbers(A, B, 12).withFrames(reading -> reading < 3 ? 1 : 0);
        assertThat(reconcile(moving, new Numbers(B, A, 12)).out()).endsWith(AGREEING);
    }

    @Test
    void framesThatNeverAgreeAreADifference() throws IOException {
        Numbers moving = new Numbers(A, B, 12).withFrames(reading -> 1);
        CommandLineRun run = reconcile(moving, new Numbers(B, A, 12));
        assertThat(run.out()).contains("DIFFERS  C4  a to b: frames_sent[Heartbeat] = frames_received[Heartbeat]\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void devicesAtUrlsNeedTheirTokens() throws IOException {
        Files.writeString(directory.resolve("token"), FakeDevice.TOKEN);
        try (FakeDevice a = new FakeDevice(new Numbers(A, B, 12));
                FakeDevice b = new FakeDevice(new Numbers(B, A, 12))) {
            Shell shell = new Shell(directory, Map.of());
            assertThat(shell.run("sync", "reconcile", "--token-file", "token", a.url(), b.url())
                            .out())
                    .endsWith(AGREEING);
            assertThat(shell.run("sync", "reconcile", a.url(), b.url()).exitCode())
                    .isEqualTo(2);
        }
    }

    @Test
    void oneLibraryInFilesIsComparedAsAWholeAndItsLinksAreOpen() throws IOException {
        CommandLineRun run = files(new Numbers(A, B, 12), new Numbers(B, A, 12));
        assertThat(run.out())
                .isEqualTo(
                        """
                        open     a to b: C1, C4, C5, C6, C8, C9: not in a.json
                        open     b to a: C1, C4, C5, C6, C8: not in b.json
                        %s laws hold, 15 open, 0 differ.
                        The books agree, as far as they can be compared.
                        """
                                .formatted(run.out().replaceFirst("(?s).*\n(\\d+) laws hold.*", "$1")));
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void aDifferenceOverTheLibraryIsFoundInFiles() throws IOException {
        CommandLineRun run = files(new Numbers(A, B, 12), new Numbers(B, A, 11));
        assertThat(run.out()).contains("DIFFERS  C1  library: changes_delivered + records_served = changes_received\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void filesOfALinkDecideIt() throws IOException {
        Numbers a = new Numbers(A, B, 12);
        Numbers b = new Numbers(B, A, 11);
        write("a.json", a.tree(null, null));
        write("a-of-b.json", a.tree(B.toString(), null));
        write("b.json", b.tree(null, null));
        write("b-of-a.json", b.tree(A.toString(), null));
        CommandLineRun run = new Shell(directory, Map.of())
                .run("sync", "reconcile", "a.json", "a-of-b.json", "b.json", "b-of-a.json");
        assertThat(run.out()).contains("DIFFERS  C1  a to b: changes_delivered + records_served = changes_received\n");
    }

    @Test
    void jsonHasEveryLaw() throws IOException {
        JsonNode json = JsonMapper.builder()
                .build()
                .readTree(reconcile(new Numbers(A, B, 12), new Numbers(B, A, 11), "--json")
                        .out());
        assertThat(json.path("agrees").booleanValue()).isFalse();
        assertThat(json.path("differing").intValue()).isEqualTo(4);
        assertThat(json.path("laws"))
                .hasSize(json.path("holding").intValue()
                        + json.path("open").intValue()
                        + json.path("differing").intValue());
        assertThat(json.path("laws"))
                .filteredOn(law -> law.path("verdict").asText().equals("differs"))
                .first()
                .hasToString(
                        "{\"law\":\"C1\",\"says\":\"changes_delivered + records_served = changes_received\","
                                + "\"verdict\":\"differs\",\"from\":\"a\",\"to\":\"b\",\"left\":12,\"right\":11,\"difference\":1}");
    }

    @Test
    void oneDeviceIsNotEnough() throws IOException {
        write("a.json", new Numbers(A, B, 12).tree(null, null));
        assertThat(new Shell(directory, Map.of()).run("sync", "reconcile", "a.json", "a.json"))
                .isEqualTo(new CommandLineRun(2, "", "sd: reconcile: needs two or more different devices\n"));
    }

    @Test
    void whatIsNoSnapshotIsNamed() throws IOException {
        write("a.json", new Numbers(A, B, 12).tree(null, null));
        Files.writeString(directory.resolve("b.json"), "{}");
        CommandLineRun run = new Shell(directory, Map.of()).run("sync", "reconcile", "a.json", "b.json");
        assertThat(run.err()).startsWith("sd: " + directory.resolve("b.json") + ": not a snapshot of schema version 1");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private CommandLineRun files(Numbers a, Numbers b) throws IOException {
        write("a.json", a.tree(null, null));
        write("b.json", b.tree(null, null));
        return new Shell(directory, Map.of()).run("sync", "reconcile", "a.json", "b.json");
    }

    private void write(String name, JsonNode json) throws IOException {
        Files.writeString(directory.resolve(name), json.toPrettyString());
    }

    private CommandLineRun reconcile(Numbers first, Numbers second, String... flags) throws IOException {
        try (FakeDevice a = new FakeDevice(first);
                FakeDevice b = new FakeDevice(second)) {
            a.runIn(Files.createDirectories(directory.resolve("a")));
            b.runIn(Files.createDirectories(directory.resolve("b")));
            List<String> arguments = new ArrayList<>(List.of("sync", "reconcile", "a", "b"));
            arguments.addAll(List.of(flags));
            return new Shell(directory, Map.of()).run(arguments.toArray(String[]::new));
        }
    }

    /** A device that exchanged twelve changes with another each way, and received so many of them. */
    private static final class Numbers implements Function<Asked, Answer> {
        private final SyncMetrics metrics;
        private final AtomicInteger readings = new AtomicInteger();
        private IntUnaryOperator moreFrames = reading -> 0;

        Numbers(DeviceId self, DeviceId peer, int received) {
            ManualClock clock = new ManualClock();
            metrics = new SyncMetrics(
                    new Member("library", "Photos"),
                    new Member(self.toString(), self.toString().substring(0, 1)),
                    clock,
                    List.of(ENTRY),
                    true);
            metrics.readLevelsFrom(() -> levels(peer));
            SyncRecorder recorder = metrics.recorder();
            recorder.stateChanged(SyncState.UNINITIALIZED, SyncState.READY, "nothing to pull");
            recorder.peerKnown(peer, peer.toString().substring(0, 1));
            ModelTally twelve = ModelTally.of(ENTRY, 12);
            recorder.changesCommitted(twelve, null);
            recorder.batchDispatched(twelve, 1);
            recorder.batchAddressed(peer, twelve, 1);
            recorder.frameSent(peer, MessageType.HEARTBEAT, 100);
            recorder.frameReceived(peer, MessageType.HEARTBEAT, 100);
            recorder.batchDelivered(peer, twelve);
            recorder.batchSettled(1);
            recorder.changesReceived(peer, Route.LIVE, ModelTally.of(ENTRY, received));
            for (int i = 0; i < received; i++) {
                recorder.changeApplied(peer, ENTRY, 1, 1, 1);
            }
        }

        Numbers withFrames(IntUnaryOperator moreInReading) {
            moreFrames = moreInReading;
            return this;
        }

        @Override
        public Answer apply(Asked request) {
            if (request.line().contains("/api/sync/content")) {
                return Answer.ok("{\"digests\": {\"entry\": \"0f\"}, \"heads\": {\"" + A + "\": {\"entry\": 12}}}");
            }
            return Answer.ok(tree(found(PEER, request), found(MODEL, request)).toString());
        }

        ObjectNode tree(@Nullable String peer, @Nullable String model) {
            ObjectNode json = SnapshotJson.tree(metrics.snapshot(new SnapshotFilter(peer, model, Set.of())));
            if (peer != null && model == null) {
                ObjectNode frames = (ObjectNode) json.path("data_volume").path("frames_sent");
                frames.put("Heartbeat", 1 + moreFrames.applyAsInt(readings.getAndIncrement()));
            }
            return json;
        }

        private static @Nullable String found(Pattern parameter, Asked request) {
            Matcher matcher = parameter.matcher(request.line());
            return matcher.find() ? matcher.group(1) : null;
        }

        private static SyncLevels levels(DeviceId peer) {
            return new SyncLevels(
                    SyncState.READY,
                    null,
                    null,
                    Map.of(),
                    null,
                    0,
                    List.of(IdleLink.to(peer, peer.toString().substring(0, 1), null, 0L)));
        }
    }
}
