package io.librarysync.cli;

import io.librarysync.domain.SyncClock;
import io.librarysync.export.ScreenStyle;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Command lines that a running device runs for somebody else, whose shell then needs no Java process of its own: those that
 * only read, and only with options that name nothing on the caller's machine and end by themselves.
 */
public final class Rendering {
    private static final Set<List<String>> COMMANDS = Set.of(
            List.of("sync", "metrics"),
            List.of("sync", "partners"),
            List.of("sync", "events"),
            List.of("sync", "timeline"),
            List.of("sync", "history"),
            List.of("sync", "epochs"),
            List.of("sync", "why"));
    private static final Set<String> OPTIONS = Set.of(
            "--state",
            "--operations",
            "--data-volume",
            "--performance",
            "--errors",
            "--since",
            "--until",
            "--step",
            "--peer",
            "--model",
            "--tag",
            "--event-type",
            "--category",
            "--severity",
            "--correlation-id",
            "--offset",
            "--limit",
            "-f",
            "--format",
            "--json",
            "--csv",
            "--chart",
            "--no-color");

    private final Path device;
    private final NodeHost host;

    /** @param device the folder of the running device that is asked */
    public Rendering(Path device, NodeHost host) {
        this.device = device;
        this.host = host;
    }

    /**
     * What the command prints. Empty if it is none of those, fails, or has more to say than its result: whoever asked runs it
     * then, which does no harm a second time.
     *
     * @param caller where it was typed
     * @param style how the screen there looks
     */
    public Optional<String> of(List<String> arguments, Path caller, ScreenStyle style) {
        if (!isServed(arguments)) {
            return Optional.empty();
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Sd.run(terminal(out, err, caller, style), host, arguments.toArray(String[]::new));
        boolean done = exitCode == 0 && err.getBuffer().isEmpty();
        return done ? Optional.of(out.toString()) : Optional.empty();
    }

    private static boolean isServed(List<String> arguments) {
        return arguments.size() >= 2
                && COMMANDS.contains(arguments.subList(0, 2))
                && arguments.stream().allMatch(Rendering::isServed);
    }

    /** A word that begins with {@code @} would name a file with more arguments. */
    private static boolean isServed(String argument) {
        return argument.startsWith("-")
                ? OPTIONS.contains(argument.replaceFirst("=.*", ""))
                : !argument.startsWith("@");
    }

    private Terminal terminal(StringWriter out, StringWriter err, Path caller, ScreenStyle style) {
        return new Terminal(
                new BufferedReader(Reader.nullReader()),
                new PrintWriter(out),
                new PrintWriter(err),
                Map.of("SD_DATA", device.toString()),
                caller,
                style.zone(),
                false,
                style.colour(),
                style.unicode(),
                SyncClock.system(),
                pause -> {},
                null,
                () -> {});
    }
}
