CREATE INDEX ix_terminal_contest_told ON terminal_contest (told_at);
