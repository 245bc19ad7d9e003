-- Where a workspace wants its events; rooms may have a place of their own (rooms.webhook).
CREATE TABLE workspace_webhooks (
    workspace_id TEXT PRIMARY KEY REFERENCES workspaces (id),
    url          TEXT,
    headers      TEXT NOT NULL,
    signing_key  TEXT NOT NULL
);

-- Events on their way to backends, and for a while those that have arrived or not. They are written together with what
-- they tell of. state: WAITING, DELIVERED, FAILED. seq orders the events of a room.
CREATE TABLE webhook_events (
    id              TEXT PRIMARY KEY,
    seq             BIGINT  NOT NULL,
    workspace_id    TEXT    NOT NULL REFERENCES workspaces (id),
    room_id         TEXT    NOT NULL REFERENCES rooms (id),
    session_id      TEXT,
    peer_id         TEXT,
    user_id         TEXT,
    type            TEXT    NOT NULL,
    occurred_at     BIGINT  NOT NULL,
    data            TEXT    NOT NULL,
    state           TEXT    NOT NULL,
    attempts        INTEGER NOT NULL,
    next_attempt_at BIGINT  NOT NULL,
    url             TEXT,
    error           TEXT
);
CREATE INDEX webhook_events_waiting ON webhook_events (room_id, seq) WHERE state = 'WAITING';
CREATE INDEX webhook_events_of_workspace ON webhook_events (workspace_id, occurred_at, seq);
CREATE INDEX webhook_events_of_room ON webhook_events (workspace_id, room_id, occurred_at, seq);
CREATE INDEX webhook_events_by_age ON webhook_events (occurred_at);

CREATE TABLE webhook_replays (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id),
    from_time    BIGINT  NOT NULL,
    to_time      BIGINT  NOT NULL,
    room_id      TEXT,
    only_state   TEXT,
    types        TEXT    NOT NULL,
    most         INTEGER NOT NULL,
    skipped      INTEGER NOT NULL,
    state        TEXT    NOT NULL,
    total        INTEGER NOT NULL,
    completed    INTEGER NOT NULL,
    failed       TEXT    NOT NULL,
    started_at   BIGINT  NOT NULL,
    completed_at BIGINT
);
CREATE INDEX webhook_replays_running ON webhook_replays (id) WHERE state = 'RUNNING';
