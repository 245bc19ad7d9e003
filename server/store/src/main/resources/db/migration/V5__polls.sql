-- Polls made by REST; questions and settings are JSON text.
CREATE TABLE polls (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT    NOT NULL REFERENCES workspaces (id),
    info         TEXT    NOT NULL,
    auto_start   BOOLEAN NOT NULL,
    questions    TEXT    NOT NULL,
    created_at   BIGINT  NOT NULL,
    updated_at   BIGINT  NOT NULL
);

-- A poll in a session, with the questions as they were asked. poll_id may be one that a client chose.
CREATE TABLE poll_runs (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT   NOT NULL REFERENCES workspaces (id),
    poll_id      TEXT   NOT NULL,
    session_id   TEXT   NOT NULL REFERENCES sessions (id),
    info         TEXT   NOT NULL,
    questions    TEXT   NOT NULL,
    started_at   BIGINT NOT NULL,
    stopped_at   BIGINT
);
CREATE INDEX poll_runs_newest ON poll_runs (workspace_id, poll_id, id);
CREATE INDEX poll_runs_of_session ON poll_runs (session_id);

-- voter numbers the voters of a run; peer_id and user_id are missing in anonymous polls.
CREATE TABLE poll_responses (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT    NOT NULL,
    run_id       TEXT    NOT NULL REFERENCES poll_runs (id),
    poll_id      TEXT    NOT NULL,
    session_id   TEXT    NOT NULL,
    question     INTEGER NOT NULL,
    type         TEXT    NOT NULL,
    options      TEXT    NOT NULL,
    text         TEXT,
    skipped      BOOLEAN NOT NULL,
    original     TEXT,
    retries      INTEGER NOT NULL,
    duration_ms  BIGINT  NOT NULL,
    sent_at      BIGINT  NOT NULL,
    correct      BOOLEAN NOT NULL,
    score        INTEGER NOT NULL,
    voter        INTEGER NOT NULL,
    peer_id      TEXT,
    user_id      TEXT,
    superseded   BOOLEAN NOT NULL
);
CREATE INDEX poll_responses_newest ON poll_responses (workspace_id, poll_id, id);
CREATE INDEX poll_responses_of_voter ON poll_responses (run_id, question, voter);
