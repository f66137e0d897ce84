package io.librarysync.insight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.librarysync.engine.LibraryReader;
import io.librarysync.export.LibraryContent;
import io.librarysync.export.SnapshotJson;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.testing.TestDevice;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The book of a device of a scenario, in which somebody may have changed something. */
final class EditedBook implements Book {
    private final TestDevice device;
    private Consumer<ObjectNode> whole = json -> {};
    private Consumer<ObjectNode> filtered = json -> {};
    private Consumer<ObjectNode> content = json -> {};

    EditedBook(TestDevice device) {
        this.device = device;
    }

    /** Changes whole snapshots. */
    EditedBook editing(Consumer<ObjectNode> edit) {
        whole = edit;
        return this;
    }

    /** Changes filtered snapshots. */
    EditedBook editingParts(Consumer<ObjectNode> edit) {
        filtered = edit;
        return this;
    }

    EditedBook editingContent(Consumer<ObjectNode> edit) {
        content = edit;
        return this;
    }

    @Override
    public String deviceId() {
        return device.id().toString();
    }

    @Override
    public String deviceName() {
        return device.snapshot().device().name();
    }

    @Override
    public String libraryId() {
        return device.snapshot().library().id();
    }

    @Override
    public Optional<JsonNode> ofEpoch(@Nullable String peer, @Nullable String model) {
        ObjectNode json = SnapshotJson.tree(device.metrics().snapshot(new SnapshotFilter(peer, model, Set.of())));
        (peer == null && model == null ? whole : filtered).accept(json);
        return Optional.of(json);
    }

    @Override
    public Optional<JsonNode> everCounted(@Nullable String peer, @Nullable String model) {
        return ofEpoch(peer, model);
    }

    @Override
    public Optional<JsonNode> content() {
        Map<String, String> digests = new TreeMap<>();
        device.store()
                .read(LibraryReader::contentDigests)
                .forEach((model, digest) -> digests.put(model.name(), digest));
        Map<String, Map<String, Long>> heads = new TreeMap<>();
        device.store()
                .read(LibraryReader::authorProgress)
                .forEach(progress ->
                        heads.put(progress.author().toString(), Map.of(LibraryContent.SHARED, progress.seq())));
        ObjectNode json = new LibraryContent(deviceId(), digests, heads).json();
        content.accept(json);
        return Optional.of(json);
    }

    @Override
    public String whyAbsent() {
        return "not told";
    }
}
