package io.librarysync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.cli.CommandLineRun.Shell;
import io.librarysync.cli.FakeDevice.Answer;
import io.librarysync.cli.FakeDevice.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two devices that tell numbers, and a command that compares them. */
class ReconcileTest {
    private static final String AGREEING =
            """
            a to b
              changes: 12 sent, 12 received
              changes of entry: 12 sent, 12 received
              bytes: 100 sent, 100 received
              frames of Heartbeat: 5 sent, 5 received
            b to a
              changes: 12 sent, 12 received
              changes of entry: 12 sent, 12 received
              bytes: 100 sent, 100 received
              frames of Heartbeat: 5 sent, 5 received
            The books agree.
            """;

    private static final String EPOCHS = "; they cannot agree if one was reset or started anew alone:"
            + " a counts since 2026-02-03T10:00:00.000Z (epoch epoch-of-a),"
            + " b counts since 2026-02-03T10:00:00.000Z (epoch epoch-of-b)\n";

    private final Path directory;

    ReconcileTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void whatOneSentTheOtherReceived() throws IOException {
        assertThat(reconcile(device("a", 12, reading -> 5), device("b", 12, reading -> 5), "0"))
                .isEqualTo(new CommandLineRun(0, AGREEING, ""));
    }

    @Test
    void aMissingChangeIsFoundAndNamed() throws IOException {
        CommandLineRun run = reconcile(device("a", 12, reading -> 5), device("b", 11, reading -> 5), "0");
        assertThat(run.out()).contains("  changes of entry: 12 sent, 11 received (differ)\n");
        assertThat(run.err())
                .isEqualTo("sd: the books differ in 2 places, first in changes: 12 sent, 11 received" + EPOCHS);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void framesThatMoveWhileBothAreReadAreReadAgain() throws IOException {
        assertThat(reconcile(device("a", 12, reading -> reading < 3 ? 6 : 5), device("b", 12, reading -> 5), "0"))
                .isEqualTo(new CommandLineRun(0, AGREEING, ""));
    }

    @Test
    void framesThatNeverAgreeAreADifference() throws IOException {
        CommandLineRun run = reconcile(device("a", 12, reading -> 6), device("b", 12, reading -> 5), "0");
        assertThat(run.err())
                .isEqualTo(
                        "sd: the books differ in 2 places, first in frames of Heartbeat: 6 sent, 5 received" + EPOCHS);
    }

    @Test
    void devicesThatAreQuietAreNotWaitedForLong() throws IOException {
        assertThat(reconcile(device("a", 12, reading -> 5), device("b", 12, reading -> 5), "60")
                        .exitCode())
                .isZero();
    }

    private CommandLineRun reconcile(Function<Asked, Answer> first, Function<Asked, Answer> second, String waitSeconds)
            throws IOException {
        try (FakeDevice a = new FakeDevice(first);
                FakeDevice b = new FakeDevice(second)) {
            a.runIn(Files.createDirectories(directory.resolve("a")));
            b.runIn(Files.createDirectories(directory.resolve("b")));
            return new Shell(directory, Map.of()).run("sync", "reconcile", "--wait", waitSeconds, "a", "b");
        }
    }

    /** A device that received so many changes, and whose frames depend on how often it was asked for them. */
    private static Function<Asked, Answer> device(String name, int received, IntUnaryOperator framesOfReading) {
        AtomicInteger readings = new AtomicInteger();
        return request -> {
            boolean whole = request.line().contains("peer=") && !request.line().contains("model=");
            int frames = framesOfReading.applyAsInt(whole ? readings.getAndIncrement() : 0);
            return Answer.ok(
                    """
                    {"device": {"id": "%1$s", "name": "%1$s"},
                     "epoch": {"id": "epoch-of-%1$s", "started_at": "2026-02-03T10:00:00.000Z"},
                     "state": {"current_state": "Ready", "in_sync": true, "peers_online": 1, "links_needing_catch_up": 0},
                     "operations": {"changes_delivered": 2, "records_served": 10, "changes_received": %2$d,
                                    "outbox_depth": 0, "buffer_queue_depth": 0},
                     "data_volume": {"entries_synced": {"entry": 12}, "bytes_sent": 100, "bytes_received": 100,
                                     "frames_sent": {"Heartbeat": %3$d}, "frames_received": {"Heartbeat": %3$d}}}
                    """
                            .formatted(name, received, frames));
        };
    }
}
