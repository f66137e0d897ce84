CREATE TABLE metrics_version (
    version BIGINT NOT NULL
);

INSERT INTO metrics_version (version) VALUES (0);

CREATE TABLE sync_metrics_snapshots (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    library_id TEXT NOT NULL,
    timestamp TIMESTAMPTZ NOT NULL,
    snapshot_json TEXT NOT NULL
);

CREATE INDEX idx_metrics_library_time ON sync_metrics_snapshots(library_id, timestamp);

-- Whose history it is. Names are those of the last time.
CREATE TABLE metrics_sources (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    library_id TEXT NOT NULL,
    library_name TEXT NOT NULL,
    device_id TEXT NOT NULL,
    device_name TEXT NOT NULL,
    UNIQUE (library_id, device_id)
);

-- Whose each whole snapshot is, and of which sample.
CREATE TABLE metrics_snapshot_origins (
    id BIGINT PRIMARY KEY REFERENCES sync_metrics_snapshots(id) ON DELETE CASCADE,
    source BIGINT NOT NULL REFERENCES metrics_sources(id),
    epoch BIGINT,
    number BIGINT
);

CREATE INDEX idx_origins_source ON metrics_snapshot_origins(source);

-- One per generation: a run goes on with the newest one, or begins another if it could not read it.
CREATE TABLE metrics_catalogues (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source BIGINT NOT NULL REFERENCES metrics_sources(id),
    series BIGINT NOT NULL
);

CREATE INDEX idx_catalogues_source ON metrics_catalogues(source);

CREATE TABLE metrics_series (
    catalogue BIGINT NOT NULL REFERENCES metrics_catalogues(id) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (catalogue, place)
);

-- In the order of their ids. All samples of an epoch are of one catalogue. Times are milliseconds since 1970.
CREATE TABLE metrics_epochs (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source BIGINT NOT NULL REFERENCES metrics_sources(id),
    uuid TEXT NOT NULL,
    run TEXT NOT NULL,
    catalogue BIGINT REFERENCES metrics_catalogues(id),
    started_at BIGINT NOT NULL,
    opened_by TEXT NOT NULL,
    ended_at BIGINT,
    ended_by TEXT,
    UNIQUE (source, uuid)
);

CREATE INDEX idx_epochs_order ON metrics_epochs(source, id);

-- Inside a stretch time rises: the first one begins with the epoch, another one whenever the clock is set back.
CREATE TABLE metrics_stretches (
    epoch BIGINT NOT NULL REFERENCES metrics_epochs(id) ON DELETE CASCADE,
    stretch INTEGER NOT NULL,
    started_at BIGINT NOT NULL,
    PRIMARY KEY (epoch, stretch)
);

-- Data is the difference to the sample of the same epoch whose number is base. Tier: 0 long, 1 medium, 2 short.
CREATE TABLE metrics_samples (
    epoch BIGINT NOT NULL REFERENCES metrics_epochs(id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    taken_at BIGINT NOT NULL,
    stretch INTEGER NOT NULL,
    tier SMALLINT NOT NULL,
    base BIGINT,
    transitions BIGINT NOT NULL,
    errors BIGINT NOT NULL,
    data BYTEA NOT NULL,
    PRIMARY KEY (epoch, number)
);

CREATE INDEX idx_samples_time ON metrics_samples(epoch, stretch, taken_at, number);

-- Numbered as a sample counts them.
CREATE TABLE metrics_transitions (
    epoch BIGINT NOT NULL REFERENCES metrics_epochs(id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (epoch, number)
);

CREATE TABLE metrics_errors (
    epoch BIGINT NOT NULL REFERENCES metrics_epochs(id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    error_type TEXT NOT NULL,
    message TEXT NOT NULL,
    model_type TEXT,
    device_id TEXT,
    PRIMARY KEY (epoch, number)
);
