-- Sessions are listed by creation, newest first, the id deciding among equals; every filter has an index in that order.
DROP INDEX sessions_newest;
DROP INDEX sessions_of_room;
DROP INDEX sessions_by_creation;
CREATE INDEX sessions_newest ON sessions (workspace_id, created_at, id);
CREATE INDEX sessions_of_room ON sessions (workspace_id, room_id, created_at, id);
CREATE INDEX sessions_ended_newest ON sessions (workspace_id, created_at, id) WHERE ended_at IS NOT NULL;
CREATE INDEX sessions_running_newest ON sessions (workspace_id, created_at, id) WHERE ended_at IS NULL;
CREATE INDEX sessions_running_of_room ON sessions (workspace_id, room_id, created_at, id) WHERE ended_at IS NULL;
