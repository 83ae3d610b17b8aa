CREATE INDEX ix_sign_in_try_bucket ON sign_in_try (bucket, at);
