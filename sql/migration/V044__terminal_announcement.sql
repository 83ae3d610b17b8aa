-- The code is encrypted because it must be shown again, and found by its blind index; both are emptied when it is used or over.
CREATE TABLE terminal_announcement (
  id BIGINT NOT NULL,
  terminal_id BIGINT NOT NULL,
  device_key VARCHAR(200) NOT NULL,
  device_key_hash BINARY(32) NOT NULL,
  code VARBINARY(200),
  code_index BINARY(32),
  state VARCHAR(12) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  version INT NOT NULL,
  CONSTRAINT pk_terminal_announcement PRIMARY KEY (id),
  CONSTRAINT uq_terminal_announcement_key UNIQUE (terminal_id, device_key_hash),
  CONSTRAINT uq_terminal_announcement_code UNIQUE (code_index),
  CONSTRAINT fk_terminal_announcement_terminal FOREIGN KEY (terminal_id) REFERENCES terminal (id),
  CONSTRAINT ck_terminal_announcement_state CHECK (state IN ('WAITING', 'ACTIVATED'))
);
