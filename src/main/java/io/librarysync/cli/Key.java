package io.librarysync.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What somebody does in front of a live screen. */
enum Key {
    QUIT("q", "Q", "\u0003"),
    PAUSE("p"),
    HELP("h", "?"),
    ALL("a"),
    STATE("1"),
    OPERATIONS("2"),
    DATA_VOLUME("3"),
    PERFORMANCE("4"),
    ERRORS("5"),
    UP("k", "[A", "OA"),
    DOWN("j", "[B", "OB"),
    PAGE_UP("b", "[5~"),
    PAGE_DOWN(" ", "[6~"),
    HOME("g", "[H", "OH", "[1~"),
    END("G", "[F", "OF", "[4~"),
    /** The window has another size. */
    RESIZED,
    /** Nothing, or nothing that means anything here. */
    NONE;

    private static final Map<String, Key> BY_INPUT = Arrays.stream(values())
            .flatMap(key -> key.inputs.stream().map(input -> Map.entry(input, key)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final List<String> inputs;

    /** @param inputs what a terminal sends for it, without a leading escape */
    Key(String... inputs) {
        this.inputs = List.of(inputs);
    }

    static Key of(String input) {
        return BY_INPUT.getOrDefault(input, NONE);
    }
}
