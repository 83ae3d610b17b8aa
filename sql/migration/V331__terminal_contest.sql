CREATE TABLE terminal_contest (
  terminal_id BIGINT NOT NULL,
  reason VARCHAR(16) NOT NULL,
  told_at DATETIME(6) NOT NULL,
  CONSTRAINT pk_terminal_contest PRIMARY KEY (terminal_id)
);
