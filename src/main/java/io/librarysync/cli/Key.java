package io.librarysync.cli;

import static java.util.Map.entry;

import java.util.Map;

/** What somebody does in front of a live screen. */
enum Key {
    QUIT,
    PAUSE,
    HELP,
    ALL,
    STATE,
    OPERATIONS,
    DATA_VOLUME,
    PERFORMANCE,
    ERRORS,
    UP,
    DOWN,
    PAGE_UP,
    PAGE_DOWN,
    HOME,
    END,
    /** The window has another size. */
    RESIZED,
    /** Nothing, or nothing that means anything here. */
    NONE;

    private static final Map<String, Key> BY_INPUT = Map.ofEntries(
            entry("q", QUIT),
            entry("Q", QUIT),
            entry("p", PAUSE),
            entry("h", HELP),
            entry("?", HELP),
            entry("a", ALL),
            entry("1", STATE),
            entry("2", OPERATIONS),
            entry("3", DATA_VOLUME),
            entry("4", PERFORMANCE),
            entry("5", ERRORS),
            entry("[A", UP),
            entry("OA", UP),
            entry("[B", DOWN),
            entry("OB", DOWN),
            entry("[5~", PAGE_UP),
            entry("[6~", PAGE_DOWN),
            entry(" ", PAGE_DOWN),
            entry("[H", HOME),
            entry("OH", HOME),
            entry("[1~", HOME),
            entry("[F", END),
            entry("OF", END),
            entry("[4~", END));

    /** @param input what a terminal sends, without a leading escape */
    static Key of(String input) {
        return BY_INPUT.getOrDefault(input, NONE);
    }
}
