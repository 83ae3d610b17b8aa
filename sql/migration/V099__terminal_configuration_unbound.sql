CREATE INDEX ix_terminal_configuration_unbound ON terminal_configuration (unbound_at, terminal_id);
