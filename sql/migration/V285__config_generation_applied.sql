CREATE INDEX ix_config_generation_applied ON config_generation (applied_at, edited_at);
