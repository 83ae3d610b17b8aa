CREATE INDEX ix_application_quiet ON application (state, state_since, id);
