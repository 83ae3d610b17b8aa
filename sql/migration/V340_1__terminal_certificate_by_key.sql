CREATE INDEX ix_terminal_certificate_key ON terminal_certificate (key_hash);
