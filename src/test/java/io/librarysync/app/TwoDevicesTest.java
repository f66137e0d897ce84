package io.librarysync.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.librarysync.app.RunningDevice.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on this machine, a real directory, and the command line: what a newcomer does first. */
class TwoDevicesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path directory;

    TwoDevicesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void devicesSyncADirectoryAndTheirBooksAgree() throws IOException {
        Path photos = Files.createDirectories(directory.resolve("photos/büro \"1\""));
        for (int photo = 0; photo < 40; photo++) {
            Files.writeString(photos.resolve("IMG-" + photo + ".jpg"), "photo " + photo);
        }
        String secret =
                Files.writeString(directory.resolve("secret"), "open sesame").toString();
        try (RunningDevice laptop = RunningDevice.start(
                        directory.resolve("laptop"),
                        "laptop",
                        "--library",
                        "Photos",
                        "--secret-file",
                        secret,
                        "--location",
                        directory.resolve("photos").toString());
                RunningDevice desktop = RunningDevice.start(
                        directory.resolve("desktop"),
                        "desktop",
                        "--library",
                        "Photos",
                        "--secret-file",
                        secret,
                        "--peer",
                        laptop.sync())) {
            assertThat(desktop.libraryId()).isEqualTo(laptop.libraryId());
            expect(desktop, "img-", 40);

            Files.writeString(photos.resolve("NEW 😀.jpg"), "new");
            Files.delete(photos.resolve("IMG-7.jpg"));
            assertThat(sd(laptop, "tag", "add", "holiday", photos.toString())).isEqualTo(new Ended(0, "", ""));
            assertThat(sd(desktop, "tag", "add", "todo")).isEqualTo(new Ended(0, "", ""));
            expect(desktop, "new", 1);
            expect(desktop, "img-", 39);

            Ended books = RunningDevice.run(
                    "sync", "reconcile", "--wait", "60", laptop.directory.toString(), desktop.directory.toString());
            assertThat(books.err()).as(books.out()).isEmpty();
            assertThat(books.out()).endsWith("The books agree.\n");
            assertThat(sd(laptop, "sync", "reset", "--yes").exitCode()).isZero();
            Ended afterReset =
                    RunningDevice.run("sync", "reconcile", laptop.directory.toString(), desktop.directory.toString());
            assertThat(afterReset.out()).endsWith("The books agree.\n");
            assertThat(sd(laptop, "status").out())
                    .contains(
                            "Device: laptop (%s)".formatted(laptop.deviceId()),
                            "State: Ready, in sync, 1 of 1 partner");
            assertThat(sd(laptop, "sync", "metrics").out()).startsWith("Sync Metrics (Library: Photos)\n");
            assertThat(sd(laptop, "location", "list").out()).isEqualTo(directory.resolve("photos") + "\n");

            whyOf(photos, laptop, desktop);
            storyOfOneBackfill(laptop, desktop);

            assertThat(laptop.terminate()).isZero();
            assertThat(laptop.directory.resolve("node.json")).doesNotExist();
            assertThat(sd(desktop, "stop")).isEqualTo(new Ended(0, "", ""));
            assertThat(desktop.directory.resolve("node.json")).doesNotExist();
        }
    }

    @Test
    void aRestartedDeviceIsTheSameOne() throws IOException {
        Path home = directory.resolve("laptop");
        String ids;
        try (RunningDevice first = RunningDevice.start(home, "laptop")) {
            ids = first.libraryId() + first.deviceId();
            assertThat(first.terminate()).isZero();
            whatItHasKept(first);
        }
        try (RunningDevice second = RunningDevice.start(home, "my laptop")) {
            assertThat(second.readyLine).startsWith("ready name=\"my laptop\" ");
            assertThat(sd(second, "status").out()).contains(ids.substring(0, 36), ids.substring(36));
        }
    }

    @Test
    void theFilesOfDevicesAreNeverIndexed() throws IOException {
        Files.writeString(directory.resolve("beside.txt"), "a file beside the folders of two devices");
        try (RunningDevice first = RunningDevice.start(directory.resolve("first"), "first");
                RunningDevice second = RunningDevice.start(
                        directory.resolve("second"), "second", "--location", directory.toString())) {
            expect(second, "beside.txt", 1);
            assertThat(sd(second, "search", "library.db").out()).isEmpty();
            assertThat(sd(second, "search", "first").out()).isEmpty();
            assertThat(first.terminate()).isZero();
        }
    }

    /** A device that does not run is asked for its events too. */
    private static void whatItHasKept(RunningDevice stopped) throws IOException {
        String notRunning = "sd: the device in " + stopped.directory + " does not run; ";
        Ended events = sd(stopped, "sync", "events", "--category", "lifecycle", "--format", "csv");
        assertThat(events.out().lines().map(line -> line.split(",", -1)[4]))
                .containsExactly("event_type", "epoch_closed", "state_transition", "state_transition");
        assertThat(events.err()).isEqualTo(notRunning + "these are events that it has kept\n");
        Ended timeline = sd(stopped, "sync", "timeline", "--since", "1h");
        assertThat(timeline.out()).containsPattern("\nState +[.]*[URP]+[.]*\n");
        assertThat(timeline.err()).isEqualTo(notRunning + "this is what it has kept\n");
        assertThat(sd(stopped, "sync", "events", "--all-devices").exitCode()).isOne();
    }

    /** Both devices know where a photo is, and one command says so whichever it asks. */
    private void whyOf(Path photos, RunningDevice laptop, RunningDevice desktop) throws IOException {
        Path photo = photos.resolve("IMG-8.jpg");
        Path byLink =
                Files.createSymbolicLink(directory.resolve("link"), photos).resolve("IMG-8.jpg");
        assertThat(sd(laptop, "sync", "why", photo.toString()).out())
                .startsWith("on both devices\n\n  entry  " + photo + "  ");
        assertThat(sd(laptop, "sync", "why", byLink.toString()).out()).startsWith("on both devices\n");
        assertThat(sd(desktop, "sync", "why", photo.toString()).out()).startsWith("on both devices\n");
        assertThat(sd(desktop, "sync", "why", "--tag", "holiday").out()).startsWith("on both devices\n");

        Path nowhere = directory.resolve("nowhere.jpg");
        assertThat(sd(laptop, "sync", "why", nowhere.toString()).out())
                .isEqualTo(
                        "not in the library: no location of this device holds " + nowhere + "; see sd location list\n");
        Path missing = photos.resolve("missing.jpg");
        assertThat(sd(laptop, "sync", "why", missing.toString()))
                .isEqualTo(new Ended(2, "", "sd: of: no record of this library is " + missing + "\n"));
    }

    /** What both devices tell of the pull that the newcomer began with. */
    private static void storyOfOneBackfill(RunningDevice laptop, RunningDevice desktop) throws IOException {
        String started = sd(desktop, "sync", "events", "--event-type", "peer_selected", "--format", "csv")
                .out()
                .lines()
                .reduce((newer, oldest) -> oldest)
                .orElseThrow();
        String session = started.split(",", -1)[14];
        for (RunningDevice asked : List.of(laptop, desktop)) {
            Ended story = sd(asked, "sync", "events", "--all-devices", "--correlation-id", session, "--format", "csv");
            assertThat(story.err()).isEmpty();
            List<String> told = story.out()
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .map(cells -> cells[8] + " " + cells[4])
                    .toList();
            assertThat(told.get(0)).isEqualTo("desktop peer_selected");
            assertThat(told).last().asString().matches("desktop (backfill|catch_up)_session_completed");
            List<String> pages = told.stream()
                    .filter(line -> line.contains("_request_") || line.contains("_response_"))
                    .toList();
            assertThat(pages).isNotEmpty();
            for (int i = 0; i < pages.size(); i += 3) {
                assertThat(pages.subList(i, i + 3))
                        .containsExactly(
                                "desktop backfill_request_sent",
                                "laptop backfill_request_received",
                                "laptop backfill_response_sent");
            }
        }
    }

    private static void expect(RunningDevice device, String text, int count) {
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(sd(device, "search", text).out().lines()).hasSize(count));
    }

    private static Ended sd(RunningDevice device, String... command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--data", device.directory.toString()));
        return RunningDevice.run(arguments.toArray(String[]::new));
    }
}
