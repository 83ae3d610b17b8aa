CREATE INDEX ix_promotion_merchant ON promotion (merchant_id, id);
