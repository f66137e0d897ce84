package io.librarysync.app;

import io.librarysync.cli.Assignment;
import io.librarysync.cli.CommandFailure;
import io.librarysync.cli.StartRequest;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

/**
 * The value of every key, and where it comes from. Layers, the later wins: the standard value, what the folder knows of
 * itself, {@code config.properties} in it, a further file, a preset, single assignments.
 */
final class Settings {
    private static final String FILE = "config.properties";

    private final Map<String, Setting> catalogue = new LinkedHashMap<>();
    private final Map<String, Assignment> inForce = new LinkedHashMap<>();

    private Settings(Collection<Setting> catalogue) {
        for (Setting setting : catalogue) {
            this.catalogue.put(setting.key(), setting);
            put(new Assignment(setting.key(), setting.standard(), "default"));
        }
    }

    /**
     * Puts the layers on each other.
     *
     * @param known what the folder knows of itself
     * @throws CommandFailure for an unknown key or a value out of range, naming the key
     */
    static Settings of(Collection<Setting> catalogue, List<Assignment> known, StartRequest request) {
        Settings settings = new Settings(catalogue);
        known.forEach(settings::put);
        Path own = request.directory().resolve(FILE);
        if (Files.exists(own)) {
            settings.putFile(own);
        }
        if (request.configFile() != null) {
            settings.putFile(request.configFile());
        }
        if (request.preset() != null) {
            settings.putPreset(request.preset());
        }
        request.assignments().forEach(settings::put);
        return settings;
    }

    /** Every key in the order of the catalogue. */
    List<Assignment> all() {
        return List.copyOf(inForce.values());
    }

    String text(String key) {
        Assignment assignment = inForce.get(key);
        if (assignment == null) {
            throw new IllegalArgumentException("no setting is called " + key);
        }
        return assignment.value();
    }

    boolean flag(String key) {
        return Boolean.parseBoolean(text(key));
    }

    int number(String key) {
        return Integer.parseInt(text(key));
    }

    private void put(Assignment assignment) {
        Setting setting = catalogue.get(assignment.key());
        if (setting == null) {
            throw CommandFailure.wrongUsage("%s: no setting is called that (%s); sd config lists them"
                    .formatted(assignment.key(), assignment.source()));
        }
        try {
            setting.check().accept(assignment.value());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.wrongUsage("%s (%s)".formatted(e.getMessage(), assignment.source()));
        }
        inForce.put(assignment.key(), assignment);
    }

    private void putFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw CommandFailure.ofFile(file, "cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.couldNot("%s: cannot be read: %s".formatted(file, e.getMessage()));
        }
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            put(new Assignment(key, properties.getProperty(key).strip(), file.toString()));
        }
    }

    private void putPreset(String preset) {
        TreeSet<String> presets = new TreeSet<>();
        catalogue.values().forEach(setting -> presets.addAll(setting.presets().keySet()));
        if (!presets.contains(preset)) {
            throw CommandFailure.wrongUsage(
                    "--preset: there is no \"%s\"; try %s".formatted(preset, String.join(", ", presets)));
        }
        for (Setting setting : catalogue.values()) {
            String value = setting.presets().get(preset);
            if (value != null) {
                put(new Assignment(setting.key(), value, "--preset " + preset));
            }
        }
    }
}
