CREATE TABLE sync_metrics_snapshots (
    id INTEGER PRIMARY KEY,
    library_id TEXT NOT NULL,
    timestamp TIMESTAMP NOT NULL,
    snapshot_json TEXT NOT NULL
);

CREATE INDEX idx_metrics_library_time ON sync_metrics_snapshots(library_id, timestamp);

CREATE TABLE metrics_epochs (
    id TEXT PRIMARY KEY,
    library_id TEXT NOT NULL,
    run_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    started_at TIMESTAMP NOT NULL,
    opened_by TEXT NOT NULL,
    ended_at TIMESTAMP,
    ended_by TEXT
);

CREATE INDEX idx_epochs_library_time ON metrics_epochs(library_id, started_at);
