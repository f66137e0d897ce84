package io.librarysync.export;

import io.librarysync.events.SyncEvent;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Events as a Markdown table; nothing in a cell is taken for markup. */
final class EventMarkdown {
    private EventMarkdown() {}

    static String table(List<SyncEvent> events) {
        List<String> header = EventFormat.header();
        return row(header)
                + row(Collections.nCopies(header.size(), "---"))
                + events.stream()
                        .map(event -> row(EventFormat.cells(event).stream()
                                .map(EventMarkdown::escaped)
                                .toList()))
                        .collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String escaped(String text) {
        return Formats.clean(text)
                .replaceAll("([\\\\|*`\\[\\]~#])", "\\\\$1")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
