package io.librarysync.app;

import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.EngineKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One key that a device can be configured with.
 *
 * @param standard the value where nothing else is said; empty means none
 * @param presets the value it has in each preset that names it
 * @param check fails with an {@link IllegalArgumentException} that names key, value and what may be written
 */
record Setting(String key, String standard, Map<String, String> presets, Consumer<String> check) {

    Setting {
        presets = Map.copyOf(presets);
    }

    static Setting text(String key, String standard) {
        return new Setting(key, standard, Map.of(), value -> {});
    }

    static Setting flag(String key, boolean standard) {
        return checked(
                key, String.valueOf(standard), value -> value.equals("true") || value.equals("false"), "true or false");
    }

    static Setting number(String key, int standard, int least, int most) {
        return checked(
                key,
                String.valueOf(standard),
                value -> isNumber(value, least, most),
                "a whole number from %d to %d".formatted(least, most));
    }

    static Setting address(String key, String standard) {
        return checked(key, standard, HostPort::canRead, "HOST:PORT such as 127.0.0.1:7800");
    }

    static Setting addresses(String key) {
        return checked(
                key,
                "",
                value -> HostPort.split(value).allMatch(HostPort::canRead),
                "HOST:PORT, more than one with commas between");
    }

    static Setting engine(EngineKey key) {
        return new Setting(
                key.label(),
                String.valueOf(key.valueIn(EngineKey.Preset.STANDARD)),
                Arrays.stream(EngineKey.Preset.values())
                        .filter(preset -> key.valueIn(preset) != key.valueIn(EngineKey.Preset.STANDARD))
                        .collect(Collectors.toMap(
                                preset -> preset.name().toLowerCase(Locale.ROOT),
                                preset -> String.valueOf(key.valueIn(preset)))),
                engineCheck(key.label()));
    }

    static Setting engine(String key, String standard) {
        return new Setting(key, standard, Map.of(), engineCheck(key));
    }

    /** Text that {@code parser} reads, or refuses with an {@link IllegalArgumentException} that says what it takes. */
    static Setting parsed(String key, String standard, Function<String, ?> parser) {
        return new Setting(key, standard, Map.of(), value -> {
            try {
                var unused = value.isEmpty() ? null : parser.apply(value);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
            }
        });
    }

    /** The same setting with its value in one more preset. */
    Setting in(String preset, String value) {
        Map<String, String> more = new HashMap<>(presets);
        more.put(preset, value);
        return new Setting(key, standard, more, check);
    }

    private static Setting checked(String key, String standard, Predicate<String> allowed, String accepted) {
        return new Setting(key, standard, Map.of(), value -> {
            if (!value.isEmpty() && !allowed.test(value)) {
                throw new IllegalArgumentException("%s is \"%s\", but must be %s".formatted(key, value, accepted));
            }
        });
    }

    private static Consumer<String> engineCheck(String key) {
        return value -> EngineConfig.defaults().with(key, value);
    }

    private static boolean isNumber(String value, int least, int most) {
        try {
            int number = Integer.parseInt(value);
            return least <= number && number <= most;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
