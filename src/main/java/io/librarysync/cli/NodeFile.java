package io.librarysync.cli;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a running device tells about itself in {@code node.json}; the file is there only while it runs, or after a crash.
 *
 * @param pid its process
 * @param pidStartedEpochMillis when that process began, so that a later process with the same number is not taken for it
 * @param http the URL of its HTTP server
 * @param sync the address where peers reach it
 * @param jmx the address of JMX over RMI; null if it is not served
 * @param settings what is in force
 */
public record NodeFile(
        long pid,
        long pidStartedEpochMillis,
        String name,
        String libraryName,
        String libraryId,
        String deviceId,
        String http,
        String sync,
        @Nullable String jmx,
        List<Assignment> settings) {

    private static final String FILE = "node.json";
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(JsonInclude.Value.construct(NON_NULL, NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public NodeFile {
        settings = List.copyOf(settings);
    }

    /** When the process began, as {@link #pidStartedEpochMillis()} has it; 0 where the system does not tell. */
    public static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** What the device of this folder tells; empty if none runs there. */
    public static Optional<NodeFile> read(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            NodeFile node = JSON.readValue(Files.readAllBytes(file), NodeFile.class);
            if (node == null) {
                throw damaged(file);
            }
            return Optional.of(node);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw damaged(file);
        } catch (IOException e) {
            throw CommandFailure.ofFile(file, "cannot be read", e);
        }
    }

    private static CommandFailure damaged(Path file) {
        return CommandFailure.couldNot("%s: cannot be read; remove it if no device runs there".formatted(file));
    }

    /** Puts the file in place at once, so that nobody reads half of it. */
    public void write(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        Path draft = directory.resolve(FILE + ".new");
        Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    public static void remove(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(FILE));
    }

    /** The process that wrote the file; empty if it is gone. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::beganThen);
    }

    private boolean beganThen(ProcessHandle process) {
        return Math.abs(startOf(process) - pidStartedEpochMillis) <= START_TOLERANCE.toMillis();
    }
}
