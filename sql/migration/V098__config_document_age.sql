CREATE INDEX ix_config_document_age ON config_document (last_used_at, digest);
