CREATE INDEX ix_store_name ON store (name, merchant_id);
