CREATE INDEX ix_collection_result_care ON collection_result (care, id);
