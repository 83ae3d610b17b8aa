CREATE INDEX ix_config_repair_time ON config_repair (found_at, id);
