CREATE TABLE terminal_clone (
  terminal_id BIGINT NOT NULL,
  sign VARCHAR(12) NOT NULL,
  first_seen_at DATETIME(6) NOT NULL,
  last_seen_at DATETIME(6) NOT NULL,
  told_at DATETIME(6) NOT NULL,
  CONSTRAINT pk_terminal_clone PRIMARY KEY (terminal_id, sign),
  CONSTRAINT ck_terminal_clone_sign CHECK (sign IN ('BOOTS', 'KEY'))
);
