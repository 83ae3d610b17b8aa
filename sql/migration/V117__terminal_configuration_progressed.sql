CREATE INDEX ix_terminal_configuration_progressed ON terminal_configuration (progressed_at, terminal_id);
