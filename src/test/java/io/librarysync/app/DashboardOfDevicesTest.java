package io.librarysync.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.librarysync.app.RunningDevice.Ended;
import io.librarysync.testing.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard of one of two real devices, from the printed link to a crash and back. */
@Tag("processes")
class DashboardOfDevicesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofMinutes(1);
    /** As a rule its connection tells at once that a device was killed; if not, the heartbeats that it does not answer. */
    private static final Duration UNTIL_MISSED = Duration.ofMinutes(2);

    /** A device that is back and names no peers is met when both sides have looked for others and compared their views. */
    private static final Duration UNTIL_MET = Duration.ofMinutes(2);

    private static final int FILES = 300;
    private static final int MORE = 40;

    private final Path directory;

    DashboardOfDevicesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void thePageFollowsTwoDevicesThroughWorkCrashesAndRestarts() throws IOException {
        Path files = Files.createDirectories(directory.resolve("files"));
        Files.writeString(directory.resolve("secret"), "open sesame");
        write(files, 0, FILES);
        try (Browser browser = Browser.open();
                RunningDevice laptop = start("laptop", "--location", files.toString());
                RunningDevice desktop = start("desktop", "--peer", laptop.sync())) {
            browser.visit(link(desktop));
            awaitSameNumbers(browser, desktop, FILES);
            write(files, FILES, FILES + MORE);
            awaitSameNumbers(browser, desktop, FILES + MORE);

            browser.awaitText(status(laptop), "online");
            laptop.kill();
            await().atMost(UNTIL_MISSED)
                    .until(() -> browser.text(status(laptop)).equals("offline"));
            assertThat(browser.text("#online")).isEqualTo("0 of 1");
            await().atMost(LIMIT).until(() -> browser.texts("#events .tag").contains("peer disconnected"));
            try (RunningDevice back = start("laptop", "--listen", laptop.sync(), "--location", files.toString())) {
                await().atMost(UNTIL_MET).until(() -> browser.text(status(back)).equals("online"));
            }

            desktop.kill();
            await().atMost(LIMIT).until(() -> browser.text("#connection").startsWith("No answer"));
            try (RunningDevice again = start("desktop", "--http", authority(desktop.http()), "--peer", laptop.sync())) {
                browser.awaitText("#connection > span:nth-child(2)", "Live");
                assertThat(browser.text("#restarted")).startsWith("The device was started again at");
                assertThat(browser.text("#lost-connection")).isEmpty();
                awaitSameNumbers(browser, again, 0);
            }
        }
    }

    /** Waits until a device has applied the entries of so many files, and the page shows what the command says. */
    private static void awaitSameNumbers(Browser browser, RunningDevice device, int files) {
        await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            JsonNode metrics = metrics(device);
            JsonNode applied = metrics.path("operations").path("changes_applied");
            assertThat(applied.longValue()).isGreaterThanOrEqualTo(files);
            assertThat(browser.text("#applied")).isEqualTo(grouped(applied));
            assertThat(browser.text("#state"))
                    .isEqualTo(metrics.path("state").path("current_state").textValue());
            assertThat(browser.text("#error-count"))
                    .isEqualTo(grouped(metrics.path("errors").path("total_errors")));
            metrics.path("data_volume").path("entries_synced").properties().forEach(model -> {
                String shown = browser.text("#models [data-key=%s] .number".formatted(model.getKey()));
                assertThat(shown.isEmpty() ? "0" : shown).as(model.getKey()).isEqualTo(grouped(model.getValue()));
            });
        });
    }

    private static JsonNode metrics(RunningDevice device) {
        try {
            Ended ended = RunningDevice.run("sync", "metrics", "--json", "--data", device.directory.toString());
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            return JSON.readTree(ended.out());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The link that the command prints. */
    private static URI link(RunningDevice device) throws IOException {
        String status = RunningDevice.run("status", "--data", device.directory.toString())
                .out();
        return URI.create(status.lines()
                .filter(line -> line.startsWith("Dashboard: "))
                .findFirst()
                .orElseThrow()
                .substring("Dashboard: ".length()));
    }

    private static String status(RunningDevice partner) {
        return "[data-device='%s'] .pill".formatted(partner.deviceId());
    }

    private static void write(Path files, int from, int to) throws IOException {
        for (int file = from; file < to; file++) {
            Files.writeString(files.resolve("file-" + file + ".txt"), "content of " + file);
        }
    }

    private RunningDevice start(String name, String... flags) throws IOException {
        String[] shared = {
            "--library", "Files", "--secret-file", directory.resolve("secret").toString()
        };
        String[] all = new String[shared.length + flags.length];
        System.arraycopy(shared, 0, all, 0, shared.length);
        System.arraycopy(flags, 0, all, shared.length, flags.length);
        return RunningDevice.start(directory.resolve(name), name, all);
    }

    private static String authority(String url) {
        return URI.create(url).getAuthority();
    }

    private static String grouped(JsonNode number) {
        return String.format(Locale.ROOT, "%,d", number.longValue());
    }
}
