CREATE INDEX ix_rollout_terminal_terminal ON rollout_terminal (terminal_id, rollout_id);
