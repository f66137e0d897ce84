package io.librarysync.store;

import io.librarysync.metrics.Member;
import io.librarysync.store.MetricsDatabase.Source;
import java.util.List;
import java.util.Optional;

/** Whose history is kept. */
final class SourceRows {

    private SourceRows() {}

    static Optional<Long> find(Database database, Source source) {
        return database.first(
                "SELECT id FROM metrics_sources WHERE library_id = ? AND device_id = ?",
                row -> row.number(1),
                source.library().id(),
                source.device().id());
    }

    /** The id of a source, which is there from now on under the names it has now. */
    static long keep(Database database, Source source) {
        return database.number(
                "INSERT INTO metrics_sources (library_id, library_name, device_id, device_name) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (library_id, device_id) DO UPDATE"
                        + " SET library_name = excluded.library_name, device_name = excluded.device_name RETURNING id",
                source.library().id(),
                source.library().name(),
                source.device().id(),
                source.device().name());
    }

    /** All, the one whose epoch is the newest first. */
    static List<Source> all(Database database) {
        return database.list(
                "SELECT library_id, library_name, device_id, device_name FROM metrics_sources s ORDER BY"
                        + " (SELECT coalesce(max(id), 0) FROM metrics_epochs e WHERE e.source = s.id) DESC, id DESC",
                row -> new Source(new Member(row.text(1), row.text(2)), new Member(row.text(3), row.text(4))));
    }
}
