CREATE INDEX ix_collection_attempt_code ON collection_attempt (qr_code_id, id);
