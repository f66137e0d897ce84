-- Events in the order in which they were told of. Times are milliseconds since 1970. Models have a space before and after each.
CREATE TABLE sync_event_log (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES metrics_sources(id),
    run TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    at INTEGER NOT NULL,
    event_type TEXT NOT NULL,
    severity TEXT NOT NULL,
    category TEXT NOT NULL,
    peer_id TEXT,
    peer_name TEXT,
    models TEXT NOT NULL,
    record_count INTEGER,
    duration_ms INTEGER,
    correlation_id TEXT,
    summary TEXT NOT NULL,
    UNIQUE (source, run, sequence)
);

CREATE INDEX idx_event_log_time ON sync_event_log(source, at);

CREATE INDEX idx_event_log_session ON sync_event_log(correlation_id);
