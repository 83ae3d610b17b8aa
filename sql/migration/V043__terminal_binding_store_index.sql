CREATE INDEX ix_terminal_binding_store ON terminal_binding (store_id, current_terminal_id);
