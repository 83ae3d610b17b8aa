CREATE INDEX ix_merchant_name ON merchant (name, id);
