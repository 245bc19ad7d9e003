INSERT INTO workspaces (id, app_id, access_key, app_secret) VALUES ('w1', 'a1', 'key-1', 'secret-1');
INSERT INTO templates (id, workspace_id, name, is_default, roles, settings, destinations, plugins, created_at, updated_at)
    VALUES ('t1', 'w1', 'meeting', '1', '{}', '{"region":"eu"}', '{}', '{}', 500, 500);
INSERT INTO rooms (id, workspace_id, name, name_key, description, enabled, template_id, region, large_room, webhook, polls,
    created_at, updated_at)
    VALUES ('r1', 'w1', 'Physics', 'physics', 'd', '1', 't1', 'eu', '0', '{"url":"https://hooks.example/x"}', '[]', 600, 600);
INSERT INTO room_codes (code, room_id, ordinal, role, enabled, created_at, updated_at)
    VALUES ('abc-defg-hij', 'r1', 1, 'host', '1', 700, 700);
INSERT INTO sessions (id, workspace_id, room_id, created_at, ended_at) VALUES ('s1', 'w1', 'r1', 1000, 3000);
INSERT INTO sessions (id, workspace_id, room_id, created_at, ended_at) VALUES ('s2', 'w1', 'r1', 4000, NULL);
INSERT INTO session_peers (session_id, id, name, role, user_id, metadata, joined_at, left_at)
    VALUES ('s1', 'p1', 'Änne', 'host', 'u1', '{}', 1000, 3000);
