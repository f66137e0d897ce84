package io.librarysync.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A device in a process of its own, as {@code sd start} runs it. */
final class RunningDevice implements AutoCloseable {
    private static final Pattern READY = Pattern.compile(
            "ready name=(\\S+) library=(\\S+) device=(\\S+) http=(\\S+) sync=(\\S+)(?: jmx=\\S+)? pid=(\\d+)");
    private static final long STOP_SECONDS = 30;

    final Path directory;
    final String readyLine;
    private final Process process;

    private RunningDevice(Path directory, Process process, String readyLine) {
        this.directory = directory;
        this.process = process;
        this.readyLine = readyLine;
    }

    /** What a process printed and how it ended. */
    record Ended(int exitCode, String out, String err) {}

    /** Starts a device on free ports and waits for its ready line. */
    static RunningDevice start(Path directory, String name, String... flags) throws IOException {
        return start(List.of(), directory, name, flags);
    }

    /** The same by a command that runs what follows it, somewhere else. */
    static RunningDevice start(List<String> where, Path directory, String name, String... flags) throws IOException {
        Process process = launch(where, arguments(directory, name, flags));
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        if (line == null) {
            throw new AssertionError(
                    "it did not start: " + process.errorReader().readLine());
        }
        return new RunningDevice(directory, process, line);
    }

    /** Runs a command to its end. */
    static Ended run(String... arguments) throws IOException {
        return run(List.of(), arguments);
    }

    /** The same by a command that runs what follows it, somewhere else. */
    static Ended run(List<String> where, String... arguments) throws IOException {
        return ended(launch(where, List.of(arguments)));
    }

    /** How a process ended that was just started. */
    static Ended ended(Process process) throws IOException {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(exitCode(process), out, err);
    }

    static List<String> arguments(Path directory, String name, String... flags) {
        List<String> arguments = new ArrayList<>(List.of("start", "--data", directory.toString(), "--name", name));
        arguments.addAll(List.of(flags));
        for (String address : List.of("--listen", "--http")) {
            if (!arguments.contains(address)) {
                arguments.addAll(List.of(address, "127.0.0.1:0"));
            }
        }
        return arguments;
    }

    /** The first line on its standard error. */
    String warning() throws IOException {
        return process.errorReader(StandardCharsets.UTF_8).readLine();
    }

    String sync() {
        return part(5);
    }

    String http() {
        return part(4);
    }

    String libraryId() {
        return part(2);
    }

    String deviceId() {
        return part(3);
    }

    /** Asks it to end by a signal and returns its exit code. */
    int terminate() {
        process.destroy();
        return exitCode(process);
    }

    /** Ends it at once, in the middle of whatever it does. */
    void kill() {
        process.destroyForcibly();
        assertThat(exitCode(process)).isNotZero();
    }

    /** Sends it a signal, such as {@code STOP}. */
    void signal(String name) throws IOException {
        assertThat(exitCode(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start()))
                .isZero();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly();
        }
    }

    private String part(int group) {
        Matcher matcher = READY.matcher(readyLine);
        assertThat(matcher.matches()).as(readyLine).isTrue();
        return matcher.group(group);
    }

    private static Process launch(List<String> where, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(where);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dsun.net.httpserver.nodelay=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).start();
    }

    private static int exitCode(Process process) {
        try {
            assertThat(process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
