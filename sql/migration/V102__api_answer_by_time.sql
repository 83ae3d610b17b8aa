CREATE INDEX ix_api_answer_started ON api_answer (started_at);
