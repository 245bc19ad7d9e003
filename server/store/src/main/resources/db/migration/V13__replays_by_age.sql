-- Replays that ended are forgotten after a while.
CREATE INDEX webhook_replays_by_age ON webhook_replays (completed_at);
