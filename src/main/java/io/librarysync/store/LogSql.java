package io.librarysync.store;

/** Questions to the log of shared changes. */
final class LogSql {
    /** Every author in the log, found by one step along the index each, however long the log is. */
    private static final String AUTHORS = "WITH RECURSIVE authors(author) AS (SELECT min(author) FROM shared_changes"
            + " UNION ALL SELECT (SELECT min(c.author) FROM shared_changes c WHERE c.author > authors.author)"
            + " FROM authors WHERE authors.author IS NOT NULL)";

    /** Binds the seq held per author as a JSON object, the author to leave out, and the limit. */
    static final String AFTER = AUTHORS
            + ", held(author, seq) AS MATERIALIZED (SELECT author, coalesce("
            + "(SELECT value FROM json_each(?1) WHERE key = author), 0)"
            + " FROM authors WHERE author IS NOT NULL AND author <> ?2),"
            + " page(row) AS (SELECT c.rowid FROM held CROSS JOIN shared_changes c"
            + " ON c.author = held.author AND c.seq > held.seq ORDER BY c.hlc LIMIT ?3)"
            + " SELECT author, seq, hlc, base_hlc, model, record_uuid, op, data"
            + " FROM shared_changes WHERE rowid IN (SELECT row FROM page) ORDER BY hlc";

    /** Binds a wall time; authors without an entry from before it have 0. */
    static final String BEFORE = AUTHORS
            + ", old(author, seq) AS MATERIALIZED (SELECT author, max(seq) FROM shared_changes WHERE created_at < ?1"
            + " GROUP BY author)"
            + " SELECT author, coalesce((SELECT seq FROM old WHERE old.author = authors.author), 0)"
            + " FROM authors WHERE author IS NOT NULL";

    private LogSql() {}
}
