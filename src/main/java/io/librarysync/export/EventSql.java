package io.librarysync.export;

import io.librarysync.events.SyncEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Events as a script that an empty SQLite database takes as it is: a table with every column, and a row for each. */
final class EventSql {
    private static final String TABLE = "sync_events";

    private EventSql() {}

    static String script(List<SyncEvent> events) {
        StringBuilder script = new StringBuilder("BEGIN;\n").append(create());
        events.forEach(event -> script.append(insert(event)));
        return script.append("COMMIT;\n").toString();
    }

    private static String create() {
        return Arrays.stream(EventColumn.values())
                .map(EventSql::column)
                .collect(Collectors.joining(",\n    ", "CREATE TABLE " + TABLE + " (\n    ", "\n);\n"));
    }

    private static String column(EventColumn column) {
        String type = column.kind() == EventColumn.Kind.NUMBER ? "INTEGER" : "TEXT";
        return column.label() + " " + type + (column == EventColumn.ID ? " PRIMARY KEY" : "");
    }

    private static String insert(SyncEvent event) {
        return Arrays.stream(EventColumn.values())
                .map(column -> literal(column, column.of(event)))
                .collect(Collectors.joining(", ", "INSERT INTO " + TABLE + " VALUES (", ");\n"));
    }

    /** The character 0 would end the script. */
    private static String literal(EventColumn column, @Nullable String value) {
        if (value == null) {
            return "NULL";
        }
        return column.kind() == EventColumn.Kind.NUMBER
                ? value
                : "'" + value.replace("'", "''").replace('\0', '\ufffd') + "'";
    }
}
