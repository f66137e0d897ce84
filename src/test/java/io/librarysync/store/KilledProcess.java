package io.librarysync.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A process that is killed while it writes. */
final class KilledProcess {
    private KilledProcess() {}

    /**
     * Starts {@code main} with a directory and further arguments, and kills it once it has said so many lines.
     *
     * @return all lines that it said
     */
    static List<String> lines(Class<?> main, Path directory, int untilKilled, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(main, directory, arguments);
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            for (int i = 0; i < untilKilled; i++) {
                said.add(Objects.requireNonNull(lines.readLine(), "it died early"));
            }
            process.toHandle().destroyForcibly(); // leaves its output to be read
            lines.lines().forEach(said::add);
            process.waitFor();
        }
        return said;
    }

    private static Process start(Class<?> main, Path directory, String... arguments) throws IOException {
        Stream<String> command = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dorg.sqlite.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                directory.toString());
        return new ProcessBuilder(Stream.concat(command, Stream.of(arguments)).toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
