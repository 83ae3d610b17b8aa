CREATE INDEX ix_terminal_configuration_renewal ON terminal_configuration (renew_at, terminal_id);
