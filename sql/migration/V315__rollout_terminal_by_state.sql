CREATE INDEX ix_rollout_terminal_state ON rollout_terminal (rollout_id, state, group_no, terminal_id);
