CREATE INDEX ix_training_try_by_account ON training_try (merchant_id, account_id, tried_at);
