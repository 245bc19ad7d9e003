-- Times are milliseconds since 1970, structures are JSON text, ids are text: the same on SQLite and PostgreSQL.

CREATE TABLE workspaces (
    id         TEXT PRIMARY KEY,
    app_id     TEXT NOT NULL,
    access_key TEXT NOT NULL UNIQUE,
    app_secret TEXT NOT NULL
);

CREATE TABLE templates (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id),
    name         TEXT    NOT NULL,
    is_default   BOOLEAN NOT NULL,
    roles        TEXT    NOT NULL,
    settings     TEXT    NOT NULL,
    destinations TEXT    NOT NULL,
    plugins      TEXT    NOT NULL,
    created_at   BIGINT  NOT NULL,
    updated_at   BIGINT  NOT NULL,
    UNIQUE (workspace_id, name)
);
CREATE INDEX templates_newest ON templates (workspace_id, id);

-- name_key is the name in lower case: names are unique whatever their case.
CREATE TABLE rooms (
    id                   TEXT PRIMARY KEY,
    workspace_id         TEXT    NOT NULL REFERENCES workspaces (id),
    name                 TEXT    NOT NULL,
    name_key             TEXT    NOT NULL,
    description          TEXT    NOT NULL,
    enabled              BOOLEAN NOT NULL,
    template_id          TEXT    NOT NULL,
    region               TEXT    NOT NULL,
    large_room           BOOLEAN NOT NULL,
    size                 INTEGER,
    max_duration_seconds INTEGER,
    recording_info       TEXT,
    webhook              TEXT,
    polls                TEXT    NOT NULL,
    created_at           BIGINT  NOT NULL,
    updated_at           BIGINT  NOT NULL,
    UNIQUE (workspace_id, name_key)
);
CREATE INDEX rooms_newest ON rooms (workspace_id, id);
CREATE INDEX rooms_by_template ON rooms (workspace_id, template_id, id);
CREATE INDEX rooms_by_creation ON rooms (workspace_id, created_at);

-- ordinal counts the codes of a room in the order they were made.
CREATE TABLE room_codes (
    code       TEXT PRIMARY KEY,
    room_id    TEXT    NOT NULL REFERENCES rooms (id),
    ordinal    INTEGER NOT NULL,
    role       TEXT    NOT NULL,
    enabled    BOOLEAN NOT NULL,
    created_at BIGINT  NOT NULL,
    updated_at BIGINT  NOT NULL
);
CREATE INDEX room_codes_of_room ON room_codes (room_id, ordinal);

CREATE TABLE sessions (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT   NOT NULL REFERENCES workspaces (id),
    room_id      TEXT   NOT NULL REFERENCES rooms (id),
    created_at   BIGINT NOT NULL,
    ended_at     BIGINT
);
CREATE INDEX sessions_newest ON sessions (workspace_id, id);
CREATE INDEX sessions_of_room ON sessions (room_id, id);
CREATE INDEX sessions_by_creation ON sessions (workspace_id, created_at);
CREATE INDEX sessions_running ON sessions (id) WHERE ended_at IS NULL;

CREATE TABLE session_peers (
    session_id TEXT   NOT NULL REFERENCES sessions (id),
    id         TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    role       TEXT   NOT NULL,
    user_id    TEXT   NOT NULL,
    metadata   TEXT   NOT NULL,
    joined_at  BIGINT NOT NULL,
    left_at    BIGINT,
    PRIMARY KEY (session_id, id)
);
