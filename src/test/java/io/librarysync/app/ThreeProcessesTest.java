package io.librarysync.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.librarysync.app.RunningDevice.Ended;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three devices as three processes. One is killed in the middle of its first backfill, another stops for half a minute and
 * goes on; what can be asked of their books after that, over HTTP alone, still holds, and all hold the same records.
 */
@Tag("processes")
class ThreeProcessesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration ASLEEP = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final int FILES = 3_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;

    ThreeProcessesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void aKilledAndASleepingDeviceCatchUpAndTheBooksStillHold() throws IOException {
        Path files = Files.createDirectories(directory.resolve("files"));
        for (int file = 0; file < FILES; file++) {
            Files.writeString(files.resolve("file-" + file + ".txt"), "content of " + file);
        }
        Files.writeString(directory.resolve("secret"), "open sesame");
        try (RunningDevice laptop = start("laptop", "--location", files.toString())) {
            await().atMost(LIMIT).until(() -> number(laptop, "operations", "local_changes_committed") >= 2 * FILES);
            try (RunningDevice desktop = start("desktop", "--peer", laptop.sync())) {
                await().atMost(LIMIT).until(() -> number(desktop, "operations", "changes_applied") >= 2 * FILES);
                killedInItsBackfill(laptop, desktop);
                try (RunningDevice phone = start("phone", "--peer", laptop.sync(), "--peer", desktop.sync())) {
                    asleep(desktop, laptop, files);
                    booksHold(laptop, desktop, phone);
                }
            }
        }
    }

    /** Starts the third device and kills it when it has some of the records but not all. */
    private void killedInItsBackfill(RunningDevice laptop, RunningDevice desktop) throws IOException {
        try (RunningDevice phone =
                start("phone", "--peer", laptop.sync(), "--peer", desktop.sync(), "--set", "backfill_batch_size=50")) {
            await().atMost(LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .until(() -> number(phone, "operations", "changes_applied") >= 200);
            phone.kill();
            assertThat(number(laptop, "operations", "records_served") + number(desktop, "operations", "records_served"))
                    .isLessThan(4L * FILES);
        }
    }

    /** One device sleeps while another writes. */
    private void asleep(RunningDevice sleeper, RunningDevice writer, Path files) throws IOException {
        sleeper.signal("STOP");
        long since = System.nanoTime();
        for (int file = 0; file < 100; file++) {
            Files.writeString(files.resolve("late-" + file + ".txt"), "written late, " + file);
            Files.delete(files.resolve("file-" + file + ".txt"));
        }
        await().atMost(ASLEEP.multipliedBy(2)).until(() -> System.nanoTime() - since >= ASLEEP.toNanos());
        assertThat(number(writer, "operations", "local_changes_committed")).isGreaterThan(2L * FILES);
        sleeper.signal("CONT");
    }

    private void booksHold(RunningDevice... devices) throws IOException {
        Ended books = RunningDevice.run(
                "sync",
                "reconcile",
                "--wait",
                String.valueOf(LIMIT.toSeconds()),
                "--token-file",
                token(devices[0]).toString(),
                "--token-file",
                token(devices[1]).toString(),
                "--token-file",
                token(devices[2]).toString(),
                "--json",
                devices[0].http(),
                devices[1].http(),
                devices[2].http());
        JsonNode json = JSON.readTree(books.out().isEmpty() ? "{}" : books.out());
        assertThat(books.exitCode()).as(books.err() + differing(json)).isZero();
        assertThat(verdicts(json, "C9")).hasSizeGreaterThanOrEqualTo(14).containsOnly("holds");
        assertThat(verdicts(json, "C8")).isNotEmpty().containsOnly("holds");
        assertThat(verdicts(json, "C6")).isNotEmpty().containsOnly("holds");
        assertThat(verdicts(json, "I2")).hasSize(6).containsOnly("holds");
    }

    private static String differing(JsonNode json) {
        StringBuilder text = new StringBuilder();
        json.path("laws").forEach(law -> {
            if (law.path("verdict").asText().equals("differs")) {
                text.append('\n').append(law);
            }
        });
        return text.toString();
    }

    private static List<String> verdicts(JsonNode json, String name) {
        List<String> verdicts = new ArrayList<>();
        json.path("laws").forEach(law -> {
            if (law.path("law").asText().equals(name)) {
                verdicts.add(law.path("verdict").asText());
            }
        });
        return verdicts;
    }

    private RunningDevice start(String name, String... flags) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "--library",
                "Files",
                "--secret-file",
                directory.resolve("secret").toString()));
        all.addAll(List.of(flags));
        return RunningDevice.start(directory.resolve(name), name, all.toArray(String[]::new));
    }

    private long number(RunningDevice device, String block, String key) throws IOException {
        return metrics(device).path(block).path(key).longValue();
    }

    private JsonNode metrics(RunningDevice device) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(device.http() + "/api/sync/metrics"))
                .header(
                        "Authorization",
                        "Bearer " + Files.readString(token(device)).strip())
                .build();
        try {
            return JSON.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Path token(RunningDevice device) {
        return device.directory.resolve("http.token");
    }
}
