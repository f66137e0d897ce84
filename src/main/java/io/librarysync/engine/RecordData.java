package io.librarysync.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The replicated content of one whole record: a {@link String} or {@link Long} per column, and the uuid as text per
 * foreign key, under {@code <name>_uuid}. What is NULL in the table is absent here.
 */
public record RecordData(Map<String, Object> fields) {

    public static final RecordData EMPTY = new RecordData(Map.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    public RecordData {
        fields = Map.copyOf(fields);
    }

    /** Starts an empty record to be filled field by field. */
    public static Builder builder() {
        return new Builder();
    }

    /** The fields as a JSON object of strings and integers, in the order of their names; what the log stores. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(new TreeMap<>(fields));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings and integers can always be written", e);
        }
    }

    /** Reads what {@link #toJson()} wrote; anything but an object is an {@link IllegalArgumentException}. */
    public static RecordData fromJson(String json) {
        try {
            return of(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not the JSON of a record: " + e.getOriginalMessage(), e);
        }
    }

    /** The fields of a JSON object; a null leaves its field out. What is neither text nor integer stays for validation to find. */
    static RecordData of(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("a record is an object, not " + node.getNodeType());
        }
        Builder builder = builder();
        node.properties().forEach(field -> builder.putValue(field.getKey(), valueOf(field.getValue())));
        return builder.build();
    }

    private static @Nullable Object valueOf(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isNull()) {
            return null;
        }
        return value;
    }

    public @Nullable String text(String column) {
        return (String) fields.get(column);
    }

    public @Nullable Long number(String column) {
        return (Long) fields.get(column);
    }

    /** The uuid that a foreign key refers to; absent if it refers to nothing. */
    public Optional<UUID> reference(LibraryModel.ForeignKey key) {
        return Optional.ofNullable(fields.get(key.field())).map(uuid -> UUID.fromString((String) uuid));
    }

    /** Only what {@code model} replicates, so that two versions can be compared whatever else a newer peer sent. */
    RecordData knownTo(LibraryModel model) {
        var names = model.columns().stream().map(LibraryModel.Column::name).collect(Collectors.toSet());
        model.foreignKeys().forEach(key -> names.add(key.field()));
        if (names.containsAll(fields.keySet())) {
            return this;
        }
        return new RecordData(fields.keySet().stream()
                .filter(names::contains)
                .collect(Collectors.toMap(Function.identity(), name -> Objects.requireNonNull(fields.get(name)))));
    }

    /** Fields in the order of their names. */
    @Override
    public String toString() {
        return new TreeMap<>(fields).toString();
    }

    /** Collects the fields of a record; a null value leaves its field out. */
    public static final class Builder {
        private final Map<String, Object> fields = new HashMap<>();

        private Builder() {}

        public Builder put(String column, @Nullable String value) {
            return putValue(column, value);
        }

        public Builder put(String column, @Nullable Long value) {
            return putValue(column, value);
        }

        /** Refers to {@code value} by the foreign key {@code name}. */
        public Builder reference(String name, @Nullable UUID value) {
            return putValue(name + "_uuid", value == null ? null : value.toString());
        }

        public RecordData build() {
            return new RecordData(fields);
        }

        private Builder putValue(String field, @Nullable Object value) {
            if (value != null) {
                fields.put(field, value);
            }
            return this;
        }
    }
}
