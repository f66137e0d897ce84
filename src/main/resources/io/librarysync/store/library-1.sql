CREATE TABLE devices (
    uuid TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    is_self INTEGER NOT NULL,
    sync_enabled INTEGER NOT NULL,
    first_seen_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE volumes (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    mount_point TEXT NOT NULL,
    fs_type TEXT NOT NULL,
    owner TEXT NOT NULL,
    rev INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
);

CREATE INDEX volumes_by_rev ON volumes(owner, rev);

CREATE TABLE locations (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    volume_id INTEGER NOT NULL REFERENCES volumes(id) ON DELETE CASCADE,
    owner TEXT NOT NULL,
    rev INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
);

CREATE INDEX locations_by_rev ON locations(owner, rev);

CREATE INDEX locations_by_volume ON locations(volume_id);

CREATE TABLE content_identities (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    size INTEGER NOT NULL
);

-- A tree is deleted by one statement that names all of it: a cascade along parent_id would nest as deep as the tree, and
-- SQLite ends that at a depth of 1,000.
CREATE TABLE entries (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER,
    modified_at INTEGER,
    location_id INTEGER NOT NULL REFERENCES locations(id) ON DELETE CASCADE,
    parent_id INTEGER REFERENCES entries(id),
    content_identity_id INTEGER REFERENCES content_identities(id) ON DELETE SET NULL,
    owner TEXT NOT NULL,
    rev INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    file_key TEXT
);

CREATE INDEX entries_by_rev ON entries(owner, rev);

CREATE INDEX entries_by_place ON entries(location_id, parent_id);

CREATE INDEX entries_by_parent ON entries(parent_id);

CREATE INDEX entries_by_file_key ON entries(file_key) WHERE file_key IS NOT NULL;

CREATE INDEX entries_by_content ON entries(content_identity_id) WHERE content_identity_id IS NOT NULL;

CREATE TABLE tags (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    color TEXT
);

CREATE TABLE collections (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    description TEXT
);

CREATE TABLE entry_tags (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    entry_id INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE
);

CREATE INDEX entry_tags_by_entry ON entry_tags(entry_id);

CREATE INDEX entry_tags_by_tag ON entry_tags(tag_id);

CREATE TABLE tombstones (
    model TEXT NOT NULL,
    uuid TEXT NOT NULL,
    owner TEXT NOT NULL,
    rev INTEGER NOT NULL,
    deleted_at INTEGER NOT NULL,
    PRIMARY KEY (model, uuid)
) WITHOUT ROWID;

CREATE INDEX tombstones_by_rev ON tombstones(owner, model, rev, deleted_at);

CREATE TABLE record_versions (
    model TEXT NOT NULL,
    uuid TEXT NOT NULL,
    hlc TEXT NOT NULL,
    base_hlc TEXT,
    deleted INTEGER NOT NULL,
    PRIMARY KEY (model, uuid)
) WITHOUT ROWID;

CREATE TABLE shared_changes (
    author TEXT NOT NULL,
    seq INTEGER NOT NULL,
    hlc TEXT NOT NULL,
    base_hlc TEXT,
    model TEXT NOT NULL,
    record_uuid TEXT NOT NULL,
    op TEXT NOT NULL,
    data TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (author, seq)
);

CREATE INDEX shared_changes_by_stamp ON shared_changes(hlc);

CREATE INDEX shared_changes_by_age ON shared_changes(created_at, author, seq);

CREATE TABLE author_progress (
    author TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    max_hlc TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE state_watermarks (
    owner TEXT NOT NULL,
    model TEXT NOT NULL,
    rev INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (owner, model)
) WITHOUT ROWID;

-- Here and in peer_progress a scope is an owner and a model, or an author and no model ('').
CREATE TABLE floors (
    origin TEXT NOT NULL,
    model TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (origin, model)
) WITHOUT ROWID;

CREATE TABLE peer_progress (
    peer TEXT NOT NULL,
    origin TEXT NOT NULL,
    model TEXT NOT NULL,
    value INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (peer, origin, model)
) WITHOUT ROWID;

CREATE TABLE pending_changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    origin TEXT NOT NULL,
    link_peer TEXT NOT NULL,
    model TEXT NOT NULL,
    record_uuid TEXT NOT NULL,
    why TEXT NOT NULL,
    missing_uuid TEXT,
    order_key INTEGER NOT NULL,
    message TEXT NOT NULL,
    received_at INTEGER NOT NULL
);

CREATE TABLE checkpoints (
    scope TEXT PRIMARY KEY,
    cursor TEXT,
    vector TEXT,
    full INTEGER NOT NULL,
    records INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE clock (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    last_hlc TEXT,
    last_seq INTEGER NOT NULL,
    last_rev INTEGER NOT NULL
);

INSERT INTO clock (one, last_seq, last_rev) VALUES (1, 0, 0);
