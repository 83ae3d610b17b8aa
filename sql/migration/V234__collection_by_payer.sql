CREATE INDEX ix_collection_payer ON collection (payer, id);
