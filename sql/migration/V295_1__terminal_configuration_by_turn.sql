CREATE INDEX ix_terminal_configuration_turn ON terminal_configuration (online, life, lane, due_rank, due_at, shard);
