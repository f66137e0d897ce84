package io.librarysync.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.librarysync.instrument.MetricDescription;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values of metrics as JSON and back: numbers exact, moments as ISO-8601 UTC with milliseconds, records by their components
 * in snake_case, absent values as absent keys.
 */
public final class JsonValues {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String MOMENT = "EpochMillis";

    private JsonValues() {}

    static String iso(Instant instant) {
        return ISO.format(instant);
    }

    /** @param name the attribute or component; one that ends in {@value #MOMENT} holds moments */
    static JsonNode write(String name, Object value) {
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((key, item) -> object.set((String) key, write(name, item)));
            return object;
        }
        if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode();
            list.forEach(item -> array.add(write(name, item)));
            return array;
        }
        return value instanceof Record record ? writeRecord(record) : writeScalar(name, value);
    }

    /** A record as one object. */
    public static ObjectNode writeRecord(Record record) {
        ObjectNode object = NODES.objectNode();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = valueOf(component, record);
            if (value != null) {
                object.set(MetricDescription.jsonOf(component.getName()), write(component.getName(), value));
            }
        }
        return object;
    }

    static Object read(String name, Type type, JsonNode json) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class
                    ? readMap(name, arguments[1], json)
                    : readList(name, arguments[0], json);
        }
        Class<?> wanted = (Class<?>) type;
        return wanted.isRecord() ? readRecord(wanted, json) : readScalar(name, wanted, json);
    }

    private static JsonNode writeScalar(String name, Object value) {
        if (name.endsWith(MOMENT)) {
            return NODES.textNode(iso(Instant.ofEpochMilli((Long) value)));
        }
        if (value instanceof Long number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Integer number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Double number) {
            return NODES.numberNode(number);
        }
        return value instanceof Boolean flag ? NODES.booleanNode(flag) : NODES.textNode(value.toString());
    }

    private static Map<String, Object> readMap(String name, Type type, JsonNode json) {
        Map<String, Object> map = new LinkedHashMap<>();
        json.properties().forEach(field -> map.put(field.getKey(), read(name, type, field.getValue())));
        return map;
    }

    private static List<Object> readList(String name, Type type, JsonNode json) {
        List<Object> list = new ArrayList<>();
        json.forEach(item -> list.add(read(name, type, item)));
        return list;
    }

    private static Object readRecord(Class<?> type, JsonNode json) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            JsonNode field = json.get(MetricDescription.jsonOf(components[i].getName()));
            values[i] = field == null ? null : read(components[i].getName(), components[i].getGenericType(), field);
        }
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("cannot read a " + type.getSimpleName() + " from " + json, e);
        }
    }

    private static Object readScalar(String name, Class<?> type, JsonNode json) {
        if (name.endsWith(MOMENT)) {
            return Instant.parse(json.textValue()).toEpochMilli();
        }
        if (type == long.class || type == Long.class) {
            return json.longValue();
        }
        if (type == int.class || type == Integer.class) {
            return json.intValue();
        }
        if (type == double.class || type == Double.class) {
            return json.doubleValue();
        }
        return type == boolean.class || type == Boolean.class ? (Object) json.booleanValue() : json.textValue();
    }

    /** What a record has there; empty for null. */
    static Optional<Object> find(RecordComponent component, Record record) {
        return Optional.ofNullable(valueOf(component, record));
    }

    private static @Nullable Object valueOf(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
