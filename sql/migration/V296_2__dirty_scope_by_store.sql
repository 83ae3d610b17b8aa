CREATE INDEX ix_dirty_scope_store ON dirty_scope (store_id, id);
