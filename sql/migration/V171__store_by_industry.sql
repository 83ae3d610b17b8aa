CREATE INDEX ix_store_industry ON store (industry, id);
