CREATE INDEX ix_terminal_certificate_withdrawn ON terminal_certificate (withdrawn_at, id);
