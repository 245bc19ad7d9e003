-- How the media of peers did, in pieces of a minute or so. reporter: SERVER, CLIENT. streams: JSON, see SqlStatistics.
CREATE TABLE peer_statistics (
    session_id TEXT   NOT NULL REFERENCES sessions (id),
    peer_id    TEXT   NOT NULL,
    reporter   TEXT   NOT NULL,
    from_time  BIGINT NOT NULL,
    streams    TEXT   NOT NULL,
    PRIMARY KEY (session_id, peer_id, from_time, reporter)
);
CREATE INDEX peer_statistics_by_age ON peer_statistics (from_time);

-- Messages sent so far; a few seconds behind while a session runs.
ALTER TABLE sessions ADD COLUMN messages BIGINT NOT NULL DEFAULT 0;

-- When something happened last. name: ALIVE = the server was there.
CREATE TABLE server_times (
    name        TEXT PRIMARY KEY,
    happened_at BIGINT NOT NULL
);
