CREATE INDEX ix_terminal_configuration_due ON terminal_configuration (online, due_at);
