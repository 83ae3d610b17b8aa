CREATE INDEX ix_collection_attempt_store ON collection_attempt (store_id, local_day, outcome);
