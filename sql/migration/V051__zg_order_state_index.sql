CREATE INDEX ix_zg_order_state ON zg_order (state, due_at, id);
