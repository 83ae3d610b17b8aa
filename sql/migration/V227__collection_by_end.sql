CREATE INDEX ix_collection_open ON collection (state, expires_at);
