package io.librarysync.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The settings of the engine, each within its bounds. */
public record EngineConfig(Map<EngineKey, Long> values, WireFormat wireFormat) {

    /** The name of {@link #wireFormat()} in a configuration file. */
    public static final String WIRE_FORMAT = "wire_format";

    public EngineConfig {
        Map<EngineKey, Long> checked = new EnumMap<>(EngineKey.class);
        for (EngineKey key : EngineKey.values()) {
            Long value = values.get(key);
            checked.put(key, key.checked(value == null ? key.valueIn(EngineKey.Preset.STANDARD) : value));
        }
        values = Map.copyOf(checked);
    }

    public static EngineConfig defaults() {
        return of(EngineKey.Preset.STANDARD);
    }

    public static EngineConfig of(EngineKey.Preset preset) {
        Map<EngineKey, Long> values = new EnumMap<>(EngineKey.class);
        for (EngineKey key : EngineKey.values()) {
            values.put(key, key.valueIn(preset));
        }
        return new EngineConfig(values, WireFormat.SMILE);
    }

    /** Whether {@code name} is a setting of the engine. */
    public static boolean knows(String name) {
        return name.equals(WIRE_FORMAT)
                || Arrays.stream(EngineKey.values()).anyMatch(key -> key.label().equals(name));
    }

    public EngineConfig with(EngineKey key, long value) {
        Map<EngineKey, Long> changed = new EnumMap<>(values);
        changed.put(key, value);
        return new EngineConfig(changed, wireFormat);
    }

    public EngineConfig with(WireFormat format) {
        return new EngineConfig(values, format);
    }

    /** The settings with one more, as a configuration file has it; an unknown name or a bad value fails with the name. */
    public EngineConfig with(String name, String value) {
        if (name.equals(WIRE_FORMAT)) {
            return with(formatOf(value));
        }
        for (EngineKey key : EngineKey.values()) {
            if (key.label().equals(name)) {
                return with(key, numberOf(name, value));
            }
        }
        throw new IllegalArgumentException("no setting is called " + name);
    }

    public long get(EngineKey key) {
        return Objects.requireNonNull(values.get(key), key::label);
    }

    public int count(EngineKey key) {
        return Math.toIntExact(get(key));
    }

    /** The value as a length of time, by the unit in the key's name. */
    public Duration duration(EngineKey key) {
        if (key.label().endsWith("_ms")) {
            return Duration.ofMillis(get(key));
        }
        if (key.label().endsWith("_secs")) {
            return Duration.ofSeconds(get(key));
        }
        if (key.label().endsWith("_days")) {
            return Duration.ofDays(get(key));
        }
        throw new IllegalArgumentException(key.label() + " is no length of time");
    }

    private static WireFormat formatOf(String value) {
        for (WireFormat format : WireFormat.values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(value)) {
                return format;
            }
        }
        throw new IllegalArgumentException(WIRE_FORMAT + " is " + value + ", but must be smile or json");
    }

    private static long numberOf(String name, String value) {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be a whole number", e);
        }
    }
}
