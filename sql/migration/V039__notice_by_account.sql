CREATE INDEX ix_notice_account ON notice (account_id, id);
