package io.librarysync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.librarysync.cli.CommandLineRun.Shell;
import io.librarysync.cli.FakeDevice.Answer;
import io.librarysync.cli.FakeDevice.Asked;
import io.librarysync.testing.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchTest {
    private static final String STYLE = "zone=Europe%2FBerlin&color=false&ascii=false&trend=true";

    private final Path directory;
    private final ManualClock clock = new ManualClock();
    private final ScriptedScreen screen = new ScriptedScreen(clock);
    private final AtomicInteger answers = new AtomicInteger();
    private FakeDevice device;

    WatchTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.device = new FakeDevice(this::answer);
    }

    @BeforeEach
    void start() throws IOException {
        device.runIn(directory);
    }

    @AfterEach
    void stop() {
        device.close();
    }

    private Answer answer(Asked asked) {
        int number = answers.incrementAndGet();
        return Answer.ok(
                asked.accept().equals("application/json")
                        ? "{\n  \"number\" : " + number + ",\n  \"mean\" : 0.5\n}\n"
                        : "frame " + number + "\n");
    }

    @Test
    void jsonIsOneObjectPerLineAndNothingElse() throws IOException {
        CommandLineRun run = piped("--watch", "--json", "--count", "3");
        assertThat(run)
                .isEqualTo(new CommandLineRun(
                        0,
                        """
                        {"number":1,"mean":0.5}
                        {"number":2,"mean":0.5}
                        {"number":3,"mean":0.5}
                        """,
                        ""));
        for (String line : run.out().lines().toList()) {
            assertThat(new JsonMapper().readTree(line).isObject()).isTrue();
        }
    }

    @Test
    void aPipedFrameFollowsALineWithItsTime() {
        assertThat(piped("-w", "--count", "2", "--interval", "0.5s"))
                .isEqualTo(new CommandLineRun(
                        0,
                        """
                        --- 2026-02-03T11:00:00.000Z
                        frame 1
                        --- 2026-02-03T11:00:00.500Z
                        frame 2
                        """,
                        ""));
    }

    @Test
    void aRelativeMomentMovesOn() {
        piped("--count", "2", "--since", "1h", "--errors");
        String question = "GET /api/sync/metrics?since=1h&category=errors&" + STYLE;
        assertThat(lines()).containsExactly(question, question);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --watch --interval 50ms    | --interval: cannot read "50ms"; try 2s, 0.5s, 1m, 1m30s
                    --watch --interval 0.05s   | --interval: at least 0.1s, found "0.05s"
                    --watch --interval 2       | --interval: cannot read "2"; try 2s, 0.5s, 1m, 1m30s
                    --interval 2s              | --interval: is for --watch; add it
                    --count 0                  | --count: at least 1, found 0
                    --watch --until 1h         | --watch, --until: what is over does not change; leave out one of them
                    --watch --json --limit 3   | --limit: is for the screen; --json has all recent errors that are kept
                    """)
    void whatCannotBeWatchedIsWrongUsage(String flags, String message) {
        assertThat(piped(flags.split(" "))).isEqualTo(new CommandLineRun(2, "", "sd: " + message + "\n"));
        assertThat(device.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.1s, 100", "2s, 2000", "1.5 min, 90000", "1m30s, 90000"})
    void anIntervalIsALengthOfTime(String interval, long millis) {
        long before = clock.millis();
        piped("--count", "2", "--interval", interval);
        assertThat(clock.millis() - before).isEqualTo(millis);
    }

    @Test
    void withoutADeviceAtTheStartItIsAFailureAsEver() {
        device.close();
        CommandLineRun run = onTerminal("--watch");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("sd: no device answers at ").hasLineCount(1);
        assertThat(screen.frames).isEmpty();
    }

    @Test
    void aPipeToldOnceThatTheDeviceIsGoneEndsAfterHalfAMinute() {
        String address = device.url();
        long before = clock.millis();
        Shell shell = shell().pausing(device::close);
        CommandLineRun run = shell.run("sync", "metrics", "--watch", "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("{\"number\":1,\"mean\":0.5}\n");
        assertThat(run.err())
                .startsWith("sd: no device answers at " + address)
                .endsWith("; trying again for 30 s\n")
                .hasLineCount(1);
        assertThat(clock.millis() - before).isEqualTo(32_000);
    }

    @Test
    void aPipeGoesOnWithTheNextProcess() {
        Shell shell = shell().pausing(this::restart);
        assertThat(shell.run("sync", "metrics", "--json", "--count", "2"))
                .isEqualTo(new CommandLineRun(
                        0, "{\"number\":1,\"mean\":0.5}\n{\"number\":2,\"mean\":0.5}\n", "sd: laptop restarted\n"));
    }

    @Test
    void aLiveScreenFillsTheWindow() {
        assertThat(onTerminal("--watch")).isEqualTo(new CommandLineRun(0, "", ""));
        assertThat(screen.frames)
                .containsExactly(
                        """
                        12:00:00  laptop  every 2s
                        frame 1





                        q quit  h help""");
        assertThat(screen.closed).isTrue();
    }

    @Test
    void aLiveScreenAsksOncePerInterval() {
        screen.idle().press(Key.NONE, Key.HELP, Key.UP).idle();
        onTerminal("--watch", "--interval", "1m");
        assertThat(device.asked).hasSize(3);
        assertThat(clock.millis()).isEqualTo(new ManualClock().millis() + 120_000);
    }

    @Test
    void digitsSwitchSectionsAtOnce() {
        screen.press(Key.STATE, Key.PERFORMANCE, Key.STATE, Key.ALL);
        onTerminal("--watch");
        assertThat(lines())
                .containsExactly(
                        question(),
                        question("operations", "data_volume", "performance", "errors"),
                        question("operations", "data_volume", "errors"),
                        question("state", "operations", "data_volume", "errors"),
                        question());
    }

    @Test
    void pausedItAsksForNothing() {
        screen.press(Key.PAUSE).idle().idle().press(Key.PAUSE);
        onTerminal("--watch");
        assertThat(screen.frames.get(3)).startsWith("12:00:00  laptop  every 2s  paused\nframe 1\n");
        assertThat(screen.last()).doesNotContain("paused").contains("\nframe 2\n");
        assertThat(device.asked).hasSize(2);
    }

    @Test
    void helpNamesTheKeys() {
        screen.press(Key.HELP);
        onTerminal("--watch");
        assertThat(screen.last())
                .endsWith(
                        """
                        frame 1




                        q quit  p pause  arrows, Page Up, Page Down scroll  h hide this
                        1 state  2 operations  3 data volume  4 performance  5 errors  a all""");
    }

    @Test
    void aLongFrameIsScrolledAndItsEndStaysInSight() {
        FakeDevice here = device;
        here.answering(asked -> Answer.ok("1\n2\n3\n4\n5\n6\n7\n\nRates\n"));
        screen.press(Key.DOWN, Key.PAGE_DOWN, Key.UP, Key.HOME);
        onTerminal("--watch");
        assertThat(screen.frames.stream().map(frame -> frame.lines().skip(1).limit(6)))
                .map(Stream::toList)
                .containsExactly(
                        List.of("1", "2", "3", "4", "… 4 more lines", "Rates"),
                        List.of("2", "3", "4", "5", "… 3 more lines", "Rates"),
                        List.of("5", "6", "7", "", "… 4 lines above", "Rates"),
                        List.of("4", "5", "6", "7", "… 1 more line", "Rates"),
                        List.of("1", "2", "3", "4", "… 4 more lines", "Rates"));
    }

    @Test
    void theLastFrameStaysWhileTheDeviceIsGoneAndGoesOnAfterARestart() {
        screen.then(device::close).idle().then(this::restart).idle();
        assertThat(onTerminal("--watch")).isEqualTo(new CommandLineRun(0, "", ""));
        assertThat(screen.frames.get(2))
                .startsWith("12:00:00  laptop  every 2s  no answer since 12:00:02, trying until 12:00:32\nframe 1\n");
        assertThat(screen.last()).startsWith("12:00:04  laptop  every 2s  restarted at 12:00:04\nframe 2\n");
    }

    @Test
    void aDeviceThatAnswersAgainIsSaidTo() {
        FakeDevice here = device;
        screen.then(() -> here.answering(asked -> new Answer(503, "{\"error\": \"stopping\"}")))
                .idle()
                .then(() -> here.answering(this::answer))
                .idle();
        onTerminal("--watch");
        assertThat(screen.last()).startsWith("12:00:04  laptop  every 2s  answers again at 12:00:04\nframe 2\n");
    }

    @Test
    void aScreenWithoutAnswerEndsAfterHalfAMinute() {
        screen.then(device::close);
        for (int i = 0; i < 16; i++) {
            screen.idle();
        }
        String address = device.url();
        CommandLineRun run = onTerminal("--watch");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("sd: no device answers at " + address).hasLineCount(1);
        assertThat(screen.closed).isTrue();
        assertThat(clock.millis()).isEqualTo(new ManualClock().millis() + 32_000);
    }

    @Test
    void afterTheLastOfSomeFramesItStaysOnTheTerminal() {
        screen.idle().idle().idle();
        assertThat(onTerminal("--count", "2")).isEqualTo(new CommandLineRun(0, "frame 2\n", ""));
        assertThat(device.asked).hasSize(2);
    }

    /** The device runs on as another process at another port. */
    private void restart() {
        device.close();
        try {
            device = new FakeDevice(this::answer);
            device.node(ProcessHandle.current().parent().orElseThrow()).write(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines() {
        return device.asked.stream().map(Asked::line).toList();
    }

    private static String question(String... categories) {
        StringBuilder question = new StringBuilder("GET /api/sync/metrics?");
        for (String category : categories) {
            question.append("category=").append(category).append('&');
        }
        return question.append(STYLE).toString();
    }

    private CommandLineRun piped(String... flags) {
        return run(shell(), flags);
    }

    private CommandLineRun onTerminal(String... flags) {
        return run(shell().on(screen), flags);
    }

    private static CommandLineRun run(Shell shell, String... flags) {
        return shell.run(
                Stream.concat(Stream.of("sync", "metrics"), Stream.of(flags)).toArray(String[]::new));
    }

    private Shell shell() {
        return new Shell(directory, Map.of("SD_DATA", directory.toString())).at(clock);
    }
}
