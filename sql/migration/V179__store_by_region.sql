CREATE INDEX ix_store_region ON store (region_code, id);
