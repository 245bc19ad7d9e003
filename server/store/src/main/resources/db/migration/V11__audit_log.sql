-- Who changed what by the administrative API; neither bodies nor secrets. actor_kind: KEY, USER, COMMAND. path: a template
-- such as /v2/rooms/{room}; object: what it named.
CREATE TABLE audit_log (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id),
    created_at   BIGINT  NOT NULL,
    actor_kind   TEXT    NOT NULL,
    actor_id     TEXT    NOT NULL,
    method       TEXT    NOT NULL,
    path         TEXT    NOT NULL,
    object       TEXT    NOT NULL,
    status       INTEGER NOT NULL
);
CREATE INDEX audit_log_newest ON audit_log (workspace_id, id);
CREATE INDEX audit_log_of_actor ON audit_log (workspace_id, actor_id, id);
CREATE INDEX audit_log_by_age ON audit_log (created_at);

-- Few rooms have these; a start looks for secrets that are not sealed yet.
CREATE INDEX rooms_with_webhook ON rooms (id) WHERE webhook IS NOT NULL;
CREATE INDEX rooms_with_recording ON rooms (id) WHERE recording_info IS NOT NULL;
