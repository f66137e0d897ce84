package io.librarysync.cli;

import io.librarysync.domain.SyncClock;
import io.librarysync.export.Formats;
import io.librarysync.export.ScreenStyle;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a command runs: its streams, environment and place.
 *
 * @param out text for people and programs, UTF-8
 * @param err one line per failure, and progress
 * @param interactive whether somebody can answer a question
 * @param colour whether standard output is a terminal
 * @param unicode whether it can show more than ASCII
 * @param clock tells how long a command has waited
 * @param pause waits for a while
 * @param live takes the terminal for a live screen; null where nobody sits in front of one
 * @param endAtInterrupt from then on an interrupt is the wanted end: exit code 0
 */
public record Terminal(
        BufferedReader in,
        PrintWriter out,
        PrintWriter err,
        Map<String, String> environment,
        Path workingDirectory,
        ZoneId zone,
        boolean interactive,
        boolean colour,
        boolean unicode,
        SyncClock clock,
        Consumer<Duration> pause,
        @Nullable Supplier<LiveScreen> live,
        Runnable endAtInterrupt) {

    /** System properties by which the launcher script tells what only a shell can know. */
    private static final String STDIN_IS_TERMINAL = "sd.stdin.terminal";

    private static final String STDOUT_IS_TERMINAL = "sd.stdout.terminal";
    private static final String UNICODE = "sd.unicode";

    /** The terminal of this process. */
    public static Terminal system(Consumer<Duration> pause) {
        Map<String, String> environment = System.getenv();
        PrintWriter out = writer(FileDescriptor.out);
        return new Terminal(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                out,
                writer(FileDescriptor.err),
                environment,
                Path.of("").toAbsolutePath(),
                ZoneId.systemDefault(),
                Boolean.getBoolean(STDIN_IS_TERMINAL),
                Boolean.getBoolean(STDOUT_IS_TERMINAL)
                        && environment.getOrDefault("NO_COLOR", "").isEmpty(),
                Boolean.parseBoolean(System.getProperty(UNICODE, "true")),
                SyncClock.system(),
                pause,
                canBeLive(environment) ? JLineScreen::ofSystem : null,
                () -> JLineScreen.onInterrupt(() -> end(out)));
    }

    private static boolean canBeLive(Map<String, String> environment) {
        return Boolean.getBoolean(STDIN_IS_TERMINAL)
                && Boolean.getBoolean(STDOUT_IS_TERMINAL)
                && !Set.of("", "dumb").contains(environment.getOrDefault("TERM", ""));
    }

    /** Ends the process between two lines. */
    private static void end(PrintWriter out) {
        out.flush();
        Runtime.getRuntime().exit(0);
    }

    /** The value of an environment variable; null if it is not set or empty. */
    @Nullable
    String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** How a screen without colours looks here. */
    ScreenStyle plainScreen() {
        return new ScreenStyle(zone, false, unicode, ScreenStyle.PLAIN.recentErrors());
    }

    Path absolute(Path path) {
        return workingDirectory.resolve(path).normalize();
    }

    /** Prints one line, whatever characters are in it. */
    void line(String text) {
        out.println(Formats.clean(text));
    }

    /** Asks a question that is answered by {@code y}; anything else is a no. */
    boolean confirms(String question) {
        err.print(question + " [y/N] ");
        err.flush();
        try {
            String answer = in.readLine();
            return answer != null && answer.strip().equalsIgnoreCase("y");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }
}
