package io.librarysync.export;

import io.librarysync.domain.Labelled;
import io.librarysync.events.SyncEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The forms that events can be written in. All but the text hold every column. */
public enum EventFormat implements Labelled {
    /** One line each, for people. */
    TEXT("text/plain"),
    /** One array. */
    JSON("application/json"),
    /** One object in each line. */
    NDJSON("application/x-ndjson"),
    /** A header, then one line each. */
    CSV("text/csv"),
    /** Statements that make a table in an empty SQLite database and fill it. */
    SQL("application/sql"),
    /** A table. */
    MARKDOWN("text/markdown");

    private static final String CHARSET = "; charset=utf-8";

    private final String label = name().toLowerCase(Locale.ROOT);
    private final String mediaType;

    EventFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    @Override
    public String label() {
        return label;
    }

    public String mediaType() {
        return mediaType + CHARSET;
    }

    /** The events in their order. */
    public String render(List<SyncEvent> events, ScreenStyle style) {
        return switch (this) {
            case TEXT -> lines(events, event -> EventText.line(event, style.zone()));
            case JSON -> EventJson.tree(events).toPrettyString() + "\n";
            case NDJSON -> lines(events, event -> EventJson.tree(event).toString());
            case CSV -> Csv.line(header()) + joined(events, event -> Csv.line(cells(event)));
            case SQL -> EventSql.script(events);
            case MARKDOWN -> EventMarkdown.table(events);
        };
    }

    /** The same of several devices: where they happened is told in the text too. */
    public String renderOfLibrary(List<SyncEvent> events, ScreenStyle style) {
        return this == TEXT
                ? lines(events, event -> EventText.lineOfLibrary(event, style.zone()))
                : render(events, style);
    }

    /** The format of that name; what is none is an {@link IllegalArgumentException} that lists them all. */
    public static EventFormat ofLabel(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("format: there is no \"%s\"; try %s"
                        .formatted(
                                label,
                                Arrays.stream(values()).map(EventFormat::label).collect(Collectors.joining(", ")))));
    }

    static List<String> header() {
        return Arrays.stream(EventColumn.values()).map(EventColumn::label).toList();
    }

    /** The values of all columns, an absent one empty. */
    static List<String> cells(SyncEvent event) {
        List<String> cells = new ArrayList<>();
        for (EventColumn column : EventColumn.values()) {
            @Nullable String value = column.of(event);
            cells.add(value == null ? "" : value);
        }
        return cells;
    }

    private static String lines(List<SyncEvent> events, Function<SyncEvent, String> line) {
        return joined(events, event -> line.apply(event) + "\n");
    }

    private static String joined(List<SyncEvent> events, Function<SyncEvent, String> text) {
        return events.stream().map(text).collect(Collectors.joining());
    }
}
