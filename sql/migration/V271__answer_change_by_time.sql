CREATE INDEX ix_answer_change_at ON answer_change (at);
