package io.librarysync.export;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parts of a total as lines: the largest first, ties by name, parts at 0 left out. */
final class Shares {
    private Shares() {}

    static List<String> largestFirst(Map<String, Long> parts) {
        return largestFirst(parts, Formats::count);
    }

    static List<String> largestFirst(Map<String, Long> parts, LongFunction<String> format) {
        long total = parts.values().stream().mapToLong(Long::longValue).sum();
        return ordered(parts)
                .map(part -> part.getKey() + ": " + format.apply(part.getValue()) + " ("
                        + Formats.percent(part.getValue(), total) + ")")
                .toList();
    }

    /** {@code duplicate 11, stale 3}; empty when every part is 0. */
    static String inOneLine(Map<String, Long> parts) {
        return ordered(parts)
                .map(part -> part.getKey() + " " + Formats.count(part.getValue()))
                .collect(Collectors.joining(", "));
    }

    static Stream<Map.Entry<String, Long>> ordered(Map<String, Long> parts) {
        return parts.entrySet().stream()
                .filter(part -> part.getValue() != 0)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()));
    }
}
