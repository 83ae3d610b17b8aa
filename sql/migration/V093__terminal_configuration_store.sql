CREATE INDEX ix_terminal_configuration_store ON terminal_configuration (store_id, terminal_id);
