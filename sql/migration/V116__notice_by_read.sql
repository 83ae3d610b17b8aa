CREATE INDEX ix_notice_unread ON notice (account_id, read_at, id);
