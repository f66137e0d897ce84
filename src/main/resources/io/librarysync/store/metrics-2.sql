-- Whose history it is. Names are those of the last time.
CREATE TABLE metrics_sources (
    id INTEGER PRIMARY KEY,
    library_id TEXT NOT NULL,
    library_name TEXT NOT NULL,
    device_id TEXT NOT NULL,
    device_name TEXT NOT NULL,
    UNIQUE (library_id, device_id)
);

-- Whose each whole snapshot is, and of which sample.
CREATE TABLE metrics_snapshot_origins (
    id INTEGER PRIMARY KEY REFERENCES sync_metrics_snapshots(id) ON DELETE CASCADE,
    source INTEGER NOT NULL REFERENCES metrics_sources(id),
    epoch INTEGER,
    number INTEGER
);

CREATE INDEX idx_origins_source ON metrics_snapshot_origins(source);

-- The epochs of version 1 had no samples. All that is left of them is whose snapshots these are.
INSERT INTO metrics_sources (library_id, library_name, device_id, device_name)
SELECT DISTINCT library_id, library_id, device_id, device_id FROM metrics_epochs;

INSERT INTO metrics_snapshot_origins (id, source)
SELECT s.id, min(m.id) FROM sync_metrics_snapshots s JOIN metrics_sources m ON m.library_id = s.library_id GROUP BY s.id;

DROP TABLE metrics_epochs;

-- One per generation: a run goes on with the newest one, or begins another if it could not read it.
CREATE TABLE metrics_catalogues (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES metrics_sources(id),
    series INTEGER NOT NULL
);

CREATE INDEX idx_catalogues_source ON metrics_catalogues(source);

CREATE TABLE metrics_series (
    catalogue INTEGER NOT NULL REFERENCES metrics_catalogues(id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (catalogue, place)
) WITHOUT ROWID;

-- In the order of their ids. All samples of an epoch are of one catalogue. Times are milliseconds since 1970.
CREATE TABLE metrics_epochs (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES metrics_sources(id),
    uuid TEXT NOT NULL,
    run TEXT NOT NULL,
    catalogue INTEGER REFERENCES metrics_catalogues(id),
    started_at INTEGER NOT NULL,
    opened_by TEXT NOT NULL,
    ended_at INTEGER,
    ended_by TEXT,
    UNIQUE (source, uuid)
);

CREATE INDEX idx_epochs_order ON metrics_epochs(source, id);

-- Inside a stretch time rises: the first one begins with the epoch, another one whenever the clock is set back.
CREATE TABLE metrics_stretches (
    epoch INTEGER NOT NULL REFERENCES metrics_epochs(id) ON DELETE CASCADE,
    stretch INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    PRIMARY KEY (epoch, stretch)
) WITHOUT ROWID;

-- Data is the difference to the sample of the same epoch whose number is base. Tier: 0 long, 1 medium, 2 short.
CREATE TABLE metrics_samples (
    epoch INTEGER NOT NULL REFERENCES metrics_epochs(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    taken_at INTEGER NOT NULL,
    stretch INTEGER NOT NULL,
    tier INTEGER NOT NULL,
    base INTEGER,
    transitions INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (epoch, number)
);

CREATE INDEX idx_samples_time ON metrics_samples(epoch, stretch, taken_at, number);

-- Numbered as a sample counts them.
CREATE TABLE metrics_transitions (
    epoch INTEGER NOT NULL REFERENCES metrics_epochs(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (epoch, number)
) WITHOUT ROWID;

CREATE TABLE metrics_errors (
    epoch INTEGER NOT NULL REFERENCES metrics_epochs(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    error_type TEXT NOT NULL,
    message TEXT NOT NULL,
    model_type TEXT,
    device_id TEXT,
    PRIMARY KEY (epoch, number)
) WITHOUT ROWID;
