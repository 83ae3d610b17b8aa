CREATE INDEX ix_terminal_certificate_end ON terminal_certificate (not_after, id);
