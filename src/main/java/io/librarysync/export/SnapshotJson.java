package io.librarysync.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.librarysync.instrument.GroupSnapshot;
import io.librarysync.instrument.MetricDescription;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.EpochInfo;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SnapshotWindow;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as JSON and back: one schema for files, HTTP, the command line and the database, in snake_case. Keys come from
 * the declarations of the metrics; scalar twins of composites are not repeated.
 */
public final class SnapshotJson {
    public static final int SCHEMA_VERSION = 1;

    private static final ObjectMapper MAPPER = new JsonMapper();
    private static final String LOST = "lost";
    private static final String LOST_PREFIX = "Lost";

    private SnapshotJson() {}

    /** In one line. */
    public static String compact(SyncMetricsSnapshot snapshot) {
        return tree(snapshot).toString();
    }

    /** Indented, for people. */
    public static String pretty(SyncMetricsSnapshot snapshot) {
        return tree(snapshot).toPrettyString();
    }

    public static ObjectNode tree(SyncMetricsSnapshot snapshot) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("schema_version", SCHEMA_VERSION);
        json.put("snapshot_number", snapshot.number());
        json.put("timestamp", JsonValues.iso(snapshot.timestamp()));
        json.put("enabled", snapshot.enabled());
        json.set("library", JsonValues.writeRecord(snapshot.library()));
        json.set("device", JsonValues.writeRecord(snapshot.device()));
        json.set("epoch", epoch(snapshot.epoch()));
        json.set("window", window(snapshot.window()));
        addFilter(json, snapshot);
        snapshot.groups().forEach((category, group) -> addGroup(json, category, group));
        return json;
    }

    /** Reads what {@link #compact} or {@link #pretty} wrote; anything else is an {@link IllegalArgumentException}. */
    public static SyncMetricsSnapshot read(String text) {
        try {
            return read(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The key of a metric: its category and its own key, or its key in the lost block. */
    public static String path(Category category, MetricDescription metric) {
        return block(category, metric) + "." + key(metric);
    }

    private static SyncMetricsSnapshot read(JsonNode json) {
        if (json.path("schema_version").intValue() != SCHEMA_VERSION) {
            throw new IllegalArgumentException(
                    "not a snapshot of schema version " + SCHEMA_VERSION + ": found " + json.path("schema_version"));
        }
        return new SyncMetricsSnapshot(
                json.path("snapshot_number").longValue(),
                instant(json.path("timestamp")),
                json.path("enabled").booleanValue(),
                member(json.path("library")),
                member(json.path("device")),
                new EpochInfo(
                        json.path("epoch").path("id").textValue(),
                        instant(json.path("epoch").path("started_at")),
                        json.path("epoch").path("opened_by").textValue()),
                new SnapshotWindow(
                        instant(json.path("window").path("from")),
                        instant(json.path("window").path("to")),
                        SnapshotWindow.Span.valueOf(
                                json.path("window").path("span").asText("epoch").toUpperCase(Locale.ROOT)),
                        missing(json.path("window").path("missing"))),
                text(json.path("filter").path("peer")),
                text(json.path("filter").path("model")),
                groups(json));
    }

    private static ObjectNode epoch(EpochInfo epoch) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("id", epoch.id());
        json.put("started_at", JsonValues.iso(epoch.startedAt()));
        json.put("opened_by", epoch.openedBy());
        return json;
    }

    /** The time that a snapshot speaks of, as its {@code window}. */
    public static ObjectNode window(SnapshotWindow window) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("from", JsonValues.iso(window.from()));
        json.put("to", JsonValues.iso(window.to()));
        json.put("span", window.span().json());
        json.put("complete", window.complete());
        if (!window.complete()) {
            json.set("missing", JsonValues.write("missing", window.missing()));
        }
        return json;
    }

    private static void addFilter(ObjectNode json, SyncMetricsSnapshot snapshot) {
        if (snapshot.peer() == null && snapshot.model() == null) {
            return;
        }
        ObjectNode filter = json.putObject("filter");
        putUnlessNull(filter, "peer", snapshot.peer());
        putUnlessNull(filter, "model", snapshot.model());
        json.set("not_filterable", JsonValues.write("not_filterable", notFilterable(snapshot)));
    }

    /** The paths of the metrics that the filter of a snapshot has left out. */
    public static List<String> notFilterable(SyncMetricsSnapshot snapshot) {
        List<String> paths = new ArrayList<>();
        snapshot.groups().forEach((category, group) -> paths.addAll(notFilterable(category, group)));
        return paths;
    }

    /** The paths of the metrics that the filter cannot split. */
    static List<String> notFilterable(Category category, GroupSnapshot<?> group) {
        return MetricGroup.describe(group.type()).stream()
                .filter(metric -> !metric.flat() && group.notSplit().contains(metric.attribute()))
                .map(metric -> path(category, metric))
                .toList();
    }

    private static void addGroup(ObjectNode json, Category category, GroupSnapshot<?> group) {
        json.putObject(category.json());
        for (MetricDescription metric : MetricGroup.describe(group.type())) {
            Object value = group.values().get(metric.attribute());
            if (value != null && !metric.flat()) {
                json.withObjectProperty(block(category, metric))
                        .set(key(metric), JsonValues.write(metric.attribute(), value));
            }
        }
    }

    private static Map<Category, GroupSnapshot<?>> groups(JsonNode json) {
        Set<String> notFilterable = new LinkedHashSet<>();
        json.path("not_filterable").forEach(path -> notFilterable.add(path.textValue()));
        Map<Category, GroupSnapshot<?>> groups = new EnumMap<>(Category.class);
        for (Category category : Category.values()) {
            if (json.has(category.json())) {
                groups.put(category, group(category, json, notFilterable));
            }
        }
        return groups;
    }

    private static GroupSnapshot<?> group(Category category, JsonNode json, Set<String> notFilterable) {
        Map<String, Object> values = new LinkedHashMap<>();
        Set<String> notSplit = new LinkedHashSet<>();
        for (MetricDescription metric : MetricGroup.describe(category.type())) {
            JsonNode value = json.path(block(category, metric)).get(key(metric));
            if (value != null && !metric.derived()) {
                values.put(metric.attribute(), JsonValues.read(metric.attribute(), metric.type(), value));
            }
            if (notFilterable.contains(path(category, metric)) && !metric.derived()) {
                notSplit.add(metric.attribute());
            }
        }
        return GroupSnapshot.of(category.type(), values, notSplit);
    }

    /** Whether a metric stands in the lost block. */
    static boolean isLost(MetricDescription metric) {
        return metric.attribute().startsWith(LOST_PREFIX);
    }

    /** The key of a metric inside its block. */
    static String key(MetricDescription metric) {
        return isLost(metric)
                ? MetricDescription.jsonOf(metric.attribute().substring(LOST_PREFIX.length()))
                : metric.json();
    }

    private static String block(Category category, MetricDescription metric) {
        return isLost(metric) ? LOST : category.json();
    }

    private static Member member(JsonNode json) {
        return new Member(json.path("id").textValue(), json.path("name").textValue());
    }

    private static Instant instant(JsonNode json) {
        if (!json.isTextual()) {
            throw new IllegalArgumentException("a moment is missing from the snapshot");
        }
        return Instant.parse(json.textValue());
    }

    private static List<SnapshotWindow.Missing> missing(JsonNode json) {
        List<SnapshotWindow.Missing> missing = new ArrayList<>();
        json.forEach(part -> missing.add(new SnapshotWindow.Missing(
                part.path("reason").textValue(), instant(part.path("at")).toEpochMilli())));
        return missing;
    }

    private static @Nullable String text(JsonNode json) {
        return json.textValue();
    }

    private static void putUnlessNull(ObjectNode json, String key, @Nullable String value) {
        if (value != null) {
            json.put(key, value);
        }
    }
}
