-- All key pairs. workspaces.access_key names the one the server itself signs with; workspaces.app_secret is empty from
-- here on. The age of the first pairs was not kept: it is that of the oldest template, made at the first start.
CREATE TABLE access_keys (
    access_key   TEXT PRIMARY KEY,
    workspace_id TEXT   NOT NULL REFERENCES workspaces (id),
    secret       TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    revoked_at   BIGINT
);
CREATE INDEX access_keys_of_workspace ON access_keys (workspace_id, created_at, access_key);

INSERT INTO access_keys (access_key, workspace_id, secret, created_at)
    SELECT w.access_key, w.id, w.app_secret,
           COALESCE((SELECT MIN(t.created_at) FROM templates t WHERE t.workspace_id = w.id), 0)
    FROM workspaces w;
UPDATE workspaces SET app_secret = '';
