package io.librarysync.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.librarysync.cli.AskedBook.Question;
import io.librarysync.cli.DeviceClient.Parameter;
import io.librarysync.export.SnapshotJson;
import io.librarysync.history.StoredHistory;
import io.librarysync.history.Window;
import io.librarysync.insight.Book;
import io.librarysync.jmx.MetricsQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the books of devices are read.
 *
 * @param running devices that can be asked
 * @param stopped the folders of devices that do not run
 * @param pages files
 */
record BookSources(List<DeviceClient> running, List<DeviceOptions> stopped, List<FileBook.Page> pages, From from) {
    static final String METRICS = "/api/sync/metrics";
    private static final String CONTENT = "/api/sync/content";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Who asks. */
    record From(Terminal terminal, NodeHost host) {}

    static BookSources of(List<String> sources, List<Path> tokenFiles, Terminal terminal, NodeHost host) {
        List<DeviceClient> running = new ArrayList<>();
        List<DeviceOptions> stopped = new ArrayList<>();
        List<FileBook.Page> pages = new ArrayList<>();
        int urls = 0;
        for (String source : sources) {
            boolean url = source.startsWith("http://") || source.startsWith("https://");
            Path path = url ? Path.of("") : terminal.absolute(Path.of(source));
            if (url) {
                running.add(atUrl(source, tokenFile(tokenFiles, urls++)).client(terminal));
            } else if (Files.isRegularFile(path)) {
                pages.add(page(path));
            } else {
                DeviceOptions device = in(path);
                if (NodeFile.read(path).flatMap(NodeFile::process).isEmpty() && hasKept(path, host)) {
                    stopped.add(device);
                } else {
                    running.add(device.client(terminal));
                }
            }
        }
        return new BookSources(running, stopped, pages, new From(terminal, host));
    }

    private static @Nullable Path tokenFile(List<Path> files, int url) {
        return files.isEmpty() ? null : files.get(Math.min(url, files.size() - 1));
    }

    private static DeviceOptions atUrl(String url, @Nullable Path tokenFile) {
        DeviceOptions device = new DeviceOptions();
        device.url = url;
        device.tokenFile = tokenFile;
        return device;
    }

    private static DeviceOptions in(Path directory) {
        DeviceOptions device = new DeviceOptions();
        device.data = directory;
        return device;
    }

    private static boolean hasKept(Path directory, NodeHost host) {
        Optional<StoredHistory> kept = host.keptHistory(directory);
        kept.ifPresent(StoredHistory::close);
        return kept.isPresent();
    }

    private static FileBook.Page page(Path file) {
        try {
            String text = Files.readString(file);
            var unused = SnapshotJson.read(text); // fails for what is no snapshot
            return new FileBook.Page(file, JSON.readTree(text));
        } catch (JacksonException | IllegalArgumentException e) {
            throw CommandFailure.wrongUsage("%s: %s".formatted(file, e.getMessage()));
        } catch (IOException e) {
            throw CommandFailure.ofFile(file, "cannot be read", e);
        }
    }

    /** Whether another reading may say something else. */
    boolean canChange() {
        return !running.isEmpty();
    }

    /** The books, read from now on. */
    List<Book> open() {
        List<Book> books = new ArrayList<>();
        running.forEach(device -> books.add(new AskedBook(
                question -> device.tree(METRICS, parameters(question)),
                () -> Optional.of(device.tree(CONTENT, List.of())))));
        stopped.forEach(device -> books.add(new AskedBook(question -> kept(device, question), Optional::empty)));
        books.addAll(FileBook.of(pages));
        return books;
    }

    private static List<Parameter> parameters(Question question) {
        List<Parameter> parameters = new ArrayList<>();
        add(parameters, "since", question.since());
        add(parameters, "peer", question.peer());
        add(parameters, "model", question.model());
        return parameters;
    }

    private static void add(List<Parameter> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.add(new Parameter(name, value));
        }
    }

    private JsonNode kept(DeviceOptions device, Question question) {
        try (StoredHistory history = from.host()
                .keptHistory(device.directory(from.terminal()))
                .orElseThrow(() -> CommandFailure.couldNot("the device has begun to run; try again"))) {
            Window window = Window.between(question.since(), null, history.now(), ZoneOffset.UTC);
            return SnapshotJson.tree(
                    new MetricsQuery(window, question.peer(), question.model(), List.of()).answer(history));
        }
    }
}
