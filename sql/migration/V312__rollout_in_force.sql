CREATE INDEX ix_rollout_in_force ON rollout (in_force, id);
