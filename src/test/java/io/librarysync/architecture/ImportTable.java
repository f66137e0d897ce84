package io.librarysync.architecture;

import java.util.List;
import java.util.Set;

/** Which of our packages may import which, one row per package, in the order in which data flows. */
final class ImportTable {
    static final String BASE = "io.librarysync";

    /** {@code pack} may import itself, {@code mayImport}, and nothing else of ours. */
    record Row(String pack, Set<String> mayImport) {
        static Row of(String pack, String... mayImport) {
            return new Row(pack, Set.of(mayImport));
        }
    }

    static final List<Row> ROWS = List.of(
            Row.of("domain"),
            Row.of("instrument"),
            Row.of("record", "domain"),
            Row.of("engine", "domain", "record"),
            Row.of("engine.jgroups", "engine", "domain"),
            Row.of("metrics", "domain", "instrument", "record"),
            Row.of("history", "domain", "instrument", "metrics"),
            Row.of("events", "domain", "record", "metrics"),
            Row.of("export", "domain", "instrument", "metrics", "history", "events"),
            Row.of("store", "domain", "instrument", "record", "export", "history", "metrics", "events", "engine"),
            Row.of("jmx", "domain", "instrument", "metrics", "history", "events", "export"),
            Row.of("http", "domain", "export", "history", "metrics", "events", "jmx"),
            Row.of("insight", "domain", "metrics", "history", "events", "export"),
            Row.of(
                    "cli",
                    "domain",
                    "instrument",
                    "record",
                    "engine",
                    "engine.jgroups",
                    "metrics",
                    "history",
                    "events",
                    "export",
                    "store",
                    "jmx",
                    "http",
                    "insight"),
            Row.of(
                    "app",
                    "domain",
                    "instrument",
                    "record",
                    "engine",
                    "engine.jgroups",
                    "metrics",
                    "history",
                    "events",
                    "export",
                    "store",
                    "jmx",
                    "http",
                    "insight",
                    "cli"));

    private ImportTable() {}

    static String qualified(String pack) {
        return BASE + '.' + pack;
    }
}
