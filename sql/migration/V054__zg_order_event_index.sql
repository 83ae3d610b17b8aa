CREATE INDEX ix_zg_order_event ON zg_order_event (order_id, id);
