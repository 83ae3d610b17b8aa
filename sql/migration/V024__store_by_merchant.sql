CREATE INDEX ix_store_merchant ON store (merchant_id, id);
