package io.librarysync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.librarysync.insight.Book;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The book of a device as files have it: snapshots that {@code sd sync metrics --json} wrote, whole or filtered. */
final class FileBook implements Book {
    private final List<Page> pages;

    /** One file. */
    record Page(Path file, JsonNode json) {
        String deviceId() {
            return json.path("device").path("id").asText();
        }

        private boolean isOf(@Nullable String peer, @Nullable String model) {
            JsonNode filter = json.path("filter");
            return Objects.equals(filter.path("peer").textValue(), peer)
                    && Objects.equals(filter.path("model").textValue(), model);
        }
    }

    private FileBook(List<Page> pages) {
        this.pages = List.copyOf(pages);
    }

    /** One book for each device that the files are of. */
    static List<FileBook> of(List<Page> pages) {
        Map<String, List<Page>> byDevice = new LinkedHashMap<>();
        pages.forEach(page -> byDevice.computeIfAbsent(page.deviceId(), id -> new ArrayList<>())
                .add(page));
        return byDevice.values().stream().map(FileBook::new).toList();
    }

    @Override
    public String deviceId() {
        return pages.get(0).deviceId();
    }

    @Override
    public String deviceName() {
        return pages.get(0).json().path("device").path("name").asText();
    }

    @Override
    public String libraryId() {
        return pages.get(0).json().path("library").path("id").asText();
    }

    @Override
    public Optional<JsonNode> ofEpoch(@Nullable String peer, @Nullable String model) {
        return pages.stream()
                .filter(page -> page.isOf(peer, model))
                .map(Page::json)
                .findFirst();
    }

    @Override
    public Optional<JsonNode> everCounted(@Nullable String peer, @Nullable String model) {
        return ofEpoch(peer, model);
    }

    @Override
    public Optional<JsonNode> content() {
        return Optional.empty();
    }

    @Override
    public String whyAbsent() {
        return "not in "
                + pages.stream()
                        .map(page -> String.valueOf(page.file().getFileName()))
                        .collect(Collectors.joining(", "));
    }
}
