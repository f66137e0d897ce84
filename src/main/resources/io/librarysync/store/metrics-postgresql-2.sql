-- Events in the order in which they were told of. Times are milliseconds since 1970. Models have a space before and after each.
CREATE TABLE sync_event_log (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source BIGINT NOT NULL REFERENCES metrics_sources(id),
    run TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    at BIGINT NOT NULL,
    event_type TEXT NOT NULL,
    severity TEXT NOT NULL,
    category TEXT NOT NULL,
    peer_id TEXT,
    peer_name TEXT,
    models TEXT NOT NULL,
    record_count BIGINT,
    duration_ms BIGINT,
    correlation_id TEXT,
    summary TEXT NOT NULL,
    UNIQUE (source, run, sequence)
);

CREATE INDEX idx_event_log_time ON sync_event_log(source, at);

CREATE INDEX idx_event_log_session ON sync_event_log(correlation_id);
