CREATE INDEX ix_merchant_frozen ON merchant (frozen_at, id);
