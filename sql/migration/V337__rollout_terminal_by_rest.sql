CREATE INDEX ix_rollout_terminal_rest ON rollout_terminal (rollout_id, rests_until);
