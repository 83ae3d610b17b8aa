-- From the first connection with a certificate on, and after a withdrawal, the token of this binding opens nothing.
ALTER TABLE terminal_binding ADD COLUMN token_ended_at DATETIME(6);
