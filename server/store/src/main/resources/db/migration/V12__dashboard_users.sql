-- People who sign in to the dashboard. role: READ_ONLY, MEMBER, ADMIN, OWNER. Without a password: invited. Tokens are kept as
-- SHA-256 of what was given out.
CREATE TABLE dashboard_users (
    id                TEXT PRIMARY KEY,
    workspace_id      TEXT   NOT NULL REFERENCES workspaces (id),
    email             TEXT   NOT NULL UNIQUE,
    role              TEXT   NOT NULL,
    password_hash     TEXT,
    invite_hash       TEXT UNIQUE,
    invite_expires_at BIGINT,
    created_at        BIGINT NOT NULL,
    disabled_at       BIGINT
);
CREATE INDEX dashboard_users_of_workspace ON dashboard_users (workspace_id, created_at, id);

CREATE TABLE dashboard_sign_ins (
    token_hash TEXT PRIMARY KEY,
    user_id    TEXT   NOT NULL REFERENCES dashboard_users (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX dashboard_sign_ins_of_user ON dashboard_sign_ins (user_id);
CREATE INDEX dashboard_sign_ins_by_end ON dashboard_sign_ins (expires_at);
