CREATE INDEX ix_rollout_working ON rollout (working, id);
