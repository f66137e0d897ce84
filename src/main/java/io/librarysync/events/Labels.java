package io.librarysync.events;

import io.librarysync.domain.Labelled;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Finds constants by their labels. */
final class Labels {

    private Labels() {}

    static <T extends Labelled> T parse(String what, String label, T[] choices) {
        return Arrays.stream(choices)
                .filter(choice -> choice.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no event %s is called \"%s\"; try %s"
                        .formatted(
                                what,
                                label,
                                Arrays.stream(choices).map(Labelled::label).collect(Collectors.joining(", ")))));
    }
}
