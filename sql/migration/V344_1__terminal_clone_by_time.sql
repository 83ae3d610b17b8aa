CREATE INDEX ix_terminal_clone_seen ON terminal_clone (last_seen_at, terminal_id);
