package io.librarysync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.librarysync.insight.Book;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The book of a device that answers questions; each is asked once. */
final class AskedBook implements Book {
    private static final String EVER = "1970-01-01T00:00:00Z";

    private final Function<Question, JsonNode> device;
    private final Supplier<Optional<JsonNode>> contents;
    private final Map<Question, JsonNode> answers = new HashMap<>();
    private boolean contentAsked;
    private @Nullable JsonNode content;

    /**
     * What is asked of a device.
     *
     * @param since null for the begin of the epoch
     */
    record Question(@Nullable String since, @Nullable String peer, @Nullable String model) {}

    AskedBook(Function<Question, JsonNode> device, Supplier<Optional<JsonNode>> contents) {
        this.device = device;
        this.contents = contents;
    }

    @Override
    public String deviceId() {
        return whole().path("device").path("id").asText();
    }

    @Override
    public String deviceName() {
        return whole().path("device").path("name").asText();
    }

    @Override
    public String libraryId() {
        return whole().path("library").path("id").asText();
    }

    @Override
    public Optional<JsonNode> ofEpoch(@Nullable String peer, @Nullable String model) {
        return answer(null, peer, model);
    }

    @Override
    public Optional<JsonNode> everCounted(@Nullable String peer, @Nullable String model) {
        return whole().path("enabled").asBoolean(true) ? answer(EVER, peer, model) : Optional.empty();
    }

    @Override
    public Optional<JsonNode> content() {
        if (!contentAsked) {
            content = contents.get().orElse(null);
            contentAsked = true;
        }
        return Optional.ofNullable(content);
    }

    @Override
    public String whyAbsent() {
        return whole().path("enabled").asBoolean(true)
                ? deviceName() + " does not tell it"
                : "metrics are off on " + deviceName();
    }

    private JsonNode whole() {
        return answers.computeIfAbsent(new Question(null, null, null), device);
    }

    private Optional<JsonNode> answer(@Nullable String since, @Nullable String peer, @Nullable String model) {
        boolean met = peer == null || known("entries_by_device").contains(peer);
        boolean told = model == null || known("entries_synced").contains(model);
        return met && told
                ? Optional.of(answers.computeIfAbsent(new Question(since, peer, model), device))
                : Optional.empty();
    }

    private List<String> known(String map) {
        List<String> known = new ArrayList<>();
        whole().path("data_volume").path(map).fieldNames().forEachRemaining(known::add);
        return known;
    }
}
