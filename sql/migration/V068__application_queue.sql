CREATE INDEX ix_application_queue ON application (state, due_at, id);
