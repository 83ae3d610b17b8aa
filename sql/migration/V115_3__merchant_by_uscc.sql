CREATE INDEX ix_merchant_uscc ON merchant (uscc, id);
