CREATE INDEX ix_sign_in_try_at ON sign_in_try (at);
