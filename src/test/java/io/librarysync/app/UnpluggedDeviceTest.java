package io.librarysync.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.librarysync.app.RunningDevice.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three devices on a real network, of which one has its cable pulled while all of them write. The others do not lose each
 * other for that, and once it is back in, all hold the same and their books agree.
 */
@Tag("processes")
@EnabledIf("io.librarysync.app.PluggedNetwork#isAvailable")
class UnpluggedDeviceTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int LAPTOP = 1;
    private static final int DESKTOP = 2;
    private static final int PHONE = 3;
    private static final int FILES = 100;

    private final Path directory;
    private final PluggedNetwork network;

    UnpluggedDeviceTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.network = PluggedNetwork.of(PHONE);
    }

    @Test
    void whatIsWrittenWhileACableIsOutIsEverywhereOnceItIsIn() throws IOException {
        Path files = Files.createDirectory(directory.resolve("files"));
        write(files, "early");
        Files.writeString(directory.resolve("secret"), "open sesame");
        try (network;
                RunningDevice laptop = start(LAPTOP, "--location", files.toString());
                RunningDevice desktop = start(DESKTOP, "--peer", laptop.sync());
                RunningDevice phone = start(PHONE, "--peer", laptop.sync(), "--peer", desktop.sync())) {
            booksAgree(laptop, desktop, phone);

            network.unplug(PHONE);
            write(files, "late");
            tag(PHONE, phone, "red");
            tag(DESKTOP, desktop, "blue");
            until(() -> state(network.at(PHONE), phone, "peers_online") == 0);
            until(() -> state(network.atSwitch(), laptop, "peers_online") == 1);
            assertThat(applied(network.at(PHONE), phone)).isLessThan(4L * FILES);

            network.plug(PHONE);
            until(() -> state(network.atSwitch(), laptop, "peers_online") == 2);
            booksAgree(laptop, desktop, phone);
            assertThat(applied(network.atSwitch(), phone)).isGreaterThan(4L * FILES);
            assertThat(lostBy(laptop)).isNotEmpty().containsOnly("device-" + PHONE);
            assertThat(lostBy(desktop)).isNotEmpty().containsOnly("device-" + PHONE);
        }
    }

    private static void write(Path files, String when) throws IOException {
        for (int file = 0; file < FILES; file++) {
            Files.writeString(files.resolve(when + "-" + file + ".txt"), when + ", " + file);
        }
    }

    private RunningDevice start(int device, String... flags) throws IOException {
        String name = "device-" + device;
        List<String> all = new ArrayList<>(List.of(
                "--library",
                "Files",
                "--secret-file",
                directory.resolve("secret").toString(),
                "--listen",
                network.addressOf(device) + ":0",
                "--http",
                network.addressOf(device) + ":0",
                "--insecure-http"));
        all.addAll(List.of(flags));
        return RunningDevice.start(network.at(device), directory.resolve(name), name, all.toArray(String[]::new));
    }

    private void tag(int at, RunningDevice device, String name) throws IOException {
        Ended tagged = RunningDevice.run(network.at(at), "tag", "add", name, "--data", device.directory.toString());
        assertThat(tagged.exitCode()).as(tagged.err()).isZero();
    }

    private void booksAgree(RunningDevice... devices) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("sync", "reconcile", "--json", "--wait", String.valueOf(LIMIT.toSeconds())));
        List.of(devices).forEach(device -> command.add(device.directory.toString()));
        Ended books = RunningDevice.run(network.atSwitch(), command.toArray(String[]::new));
        assertThat(books.exitCode()).as(books.err() + books.out()).isZero();
        List<String> content = StreamSupport.stream(
                        JSON.readTree(books.out()).path("laws").spliterator(), false)
                .filter(law -> law.path("law").asText().equals("C9"))
                .map(law -> law.path("verdict").asText())
                .toList();
        assertThat(content).isNotEmpty().containsOnly("holds");
    }

    private static void until(Callable<Boolean> reached) {
        await().atMost(LIMIT).until(reached);
    }

    private static long state(List<String> where, RunningDevice device, String key) throws IOException {
        return metrics(where, device).path("state").path(key).longValue();
    }

    private static long applied(List<String> where, RunningDevice device) throws IOException {
        return metrics(where, device).path("operations").path("changes_applied").longValue();
    }

    /** The partners that went offline, as the device saw it. */
    private List<String> lostBy(RunningDevice device) throws IOException {
        Ended asked = RunningDevice.run(
                network.atSwitch(),
                "sync",
                "events",
                "--event-type",
                "peer_disconnected",
                "--format",
                "ndjson",
                "--data",
                device.directory.toString());
        assertThat(asked.exitCode()).as(asked.err()).isZero();
        List<String> peers = new ArrayList<>();
        for (String event : asked.out().lines().toList()) {
            peers.add(JSON.readTree(event).path("peer_name").asText());
        }
        return peers;
    }

    private static JsonNode metrics(List<String> where, RunningDevice device) throws IOException {
        Ended asked = RunningDevice.run(where, "sync", "metrics", "--json", "--data", device.directory.toString());
        assertThat(asked.exitCode()).as(asked.err()).isZero();
        return JSON.readTree(asked.out());
    }
}
