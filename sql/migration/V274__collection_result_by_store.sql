CREATE INDEX ix_collection_result_store ON collection_result (store_id, care, id);
