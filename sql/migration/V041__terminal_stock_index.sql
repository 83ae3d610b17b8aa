CREATE INDEX ix_terminal_stock ON terminal (state, model, stocked_at, id);
