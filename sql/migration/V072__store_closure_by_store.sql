CREATE INDEX ix_store_closure_store ON store_closure (store_id, from_at);
