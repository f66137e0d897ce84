package io.librarysync.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a query. One that cannot be read is an {@link IllegalArgumentException} that names it. */
record Parameters(Map<String, List<String>> values) {

    static Parameters of(URI uri) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        String query = uri.getRawQuery();
        if (query != null && !query.isEmpty()) {
            for (String pair : query.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                values.computeIfAbsent(decode(parts[0]), name -> new ArrayList<>())
                        .add(parts.length == 2 ? decode(parts[1]) : "");
            }
        }
        return new Parameters(values);
    }

    /** Refuses all but {@code known}. */
    Parameters only(Set<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("unknown parameter \"" + name + "\"; known are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
        return this;
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    @Nullable
    String one(String name) {
        List<String> found = all(name);
        if (found.size() > 1) {
            throw new IllegalArgumentException(name + ": give it once, found " + found.size());
        }
        return found.isEmpty() ? null : found.get(0);
    }

    boolean flag(String name) {
        String value = one(name);
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw new IllegalArgumentException(name + ": true or false, found \"" + value + "\"");
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cannot decode \"" + text + "\"", e);
        }
    }
}
