CREATE INDEX ix_collection_store ON collection (store_id, id);
