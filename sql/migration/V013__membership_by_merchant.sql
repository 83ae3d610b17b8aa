CREATE INDEX ix_membership_merchant ON membership (merchant_id, account_id);
