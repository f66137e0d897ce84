package io.librarysync.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.librarysync.app.RunningDevice.Ended;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher {@code scripts/sd} where there is no Java: only what the device prints can come from it. */
class LauncherTest {
    private static final String NO_JAVA = "sd: java: not found";

    private static Path directory;
    private static Path tools;
    private static RunningDevice device;

    @BeforeAll
    static void start(@TempDir Path temporary) throws IOException {
        directory = temporary;
        tools = toolsWithoutJava();
        device = RunningDevice.start(directory.resolve("a b"), "täblet", "--library", "My \"own\" & library");
    }

    @AfterAll
    static void stop() {
        device.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metrics --state --no-color",
                "metrics --operations --peer self --since 2001-01-01 --limit=3",
                "partners",
                "epochs",
                "history state.uptime_ms --step 1h",
            })
    void theDevicePrintsWhatOnlyReads(String words) throws IOException {
        List<String> command = sync(words);

        Ended fast = launcher(command);

        Ended slow = RunningDevice.run(command.toArray(String[]::new));
        assertThat(withoutTimes(fast)).isEqualTo(withoutTimes(slow));
        assertThat(fast.exitCode()).as(fast.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metrics --peer nobody",
                "metrics --since tomorrow",
                "metrics --watch --count 1",
                "metrics --url http://127.0.0.1:9",
                "compare @arguments",
                "metrics @arguments",
                "pause",
                "partners --help",
            })
    void allElseIsLeftToTheCommandItself(String words) throws IOException {
        Ended ended = launcher(sync(words));

        assertThat(ended.exitCode()).isOne();
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).startsWith(NO_JAVA);
    }

    @Test
    void aTokenIsOnlyForTheProcessThatTheDeviceWas() throws IOException {
        Path gone = Files.createDirectories(directory.resolve("gone"));
        Files.copy(device.directory.resolve("http.token"), gone.resolve("http.token"));
        String node = Files.readString(device.directory.resolve("node.json"));
        Files.writeString(gone.resolve("node.json"), node.replaceFirst("(\"pid\" : )\\d+", "$1999999999"));

        assertThat(launcher(List.of("sync", "metrics", "--data", gone.toString()))
                        .err())
                .startsWith(NO_JAVA);
    }

    private static List<String> sync(String words) {
        List<String> command = new ArrayList<>(List.of("sync"));
        command.addAll(List.of(words.split(" ")));
        command.addAll(List.of("--data", device.directory.toString()));
        return command;
    }

    /** Numbers move between two commands. */
    private static Ended withoutTimes(Ended ended) {
        return new Ended(ended.exitCode(), ended.out().replaceAll("[0-9][0-9.,:msh%]*", "#"), ended.err());
    }

    private static Ended launcher(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("scripts/sd"));
        command.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().keySet().removeIf(name -> name.startsWith("SD_") || name.equals("JAVA_HOME"));
        process.environment().put("PATH", tools.toString());
        process.environment().put("LC_ALL", "C.UTF-8");
        return RunningDevice.ended(process.start());
    }

    /** Where the launcher finds what it needs but for Java. */
    private static Path toolsWithoutJava() throws IOException {
        Path found = Files.createDirectories(directory.resolve("tools"));
        for (String tool : List.of("bash", "curl", "readlink", "dirname")) {
            Path path = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElse(null);
            assumeThat(path).as(tool).isNotNull();
            Files.createSymbolicLink(found.resolve(tool), path);
        }
        return found;
    }
}
