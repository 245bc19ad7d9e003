-- What happened in sessions beside joins and leaves, and what clients report. seq orders the events of a room.
CREATE TABLE history_events (
    id           TEXT PRIMARY KEY,
    seq          BIGINT  NOT NULL,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id),
    room_id      TEXT    NOT NULL REFERENCES rooms (id),
    session_id   TEXT,
    peer_id      TEXT,
    user_id      TEXT,
    type         TEXT    NOT NULL,
    is_error     BOOLEAN NOT NULL,
    occurred_at  BIGINT  NOT NULL,
    data         TEXT    NOT NULL
);
CREATE INDEX history_events_of_room ON history_events (workspace_id, room_id, seq, id);
CREATE INDEX history_events_of_session ON history_events (session_id, seq, id);
CREATE INDEX history_events_by_age ON history_events (occurred_at);
