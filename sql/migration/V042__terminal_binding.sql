-- current_terminal_id repeats terminal_id while the span holds and is null after: its unique key is "one terminal, one merchant".
CREATE TABLE terminal_binding (
  id BIGINT NOT NULL,
  terminal_id BIGINT NOT NULL,
  current_terminal_id BIGINT,
  revision INT NOT NULL,
  merchant_id BIGINT NOT NULL,
  store_id BIGINT NOT NULL,
  seat VARCHAR(40) NOT NULL,
  device_key VARCHAR(200) NOT NULL,
  acquirer_code VARCHAR(15) NOT NULL,
  merchant_code VARCHAR(15) NOT NULL,
  uscc VARCHAR(18),
  settlement_account VARCHAR(40),
  place VARCHAR(300) NOT NULL,
  valid_from DATETIME(6) NOT NULL,
  valid_until DATETIME(6),
  ended_because VARCHAR(200),
  version INT NOT NULL,
  CONSTRAINT pk_terminal_binding PRIMARY KEY (id),
  CONSTRAINT uq_terminal_binding_revision UNIQUE (terminal_id, revision),
  CONSTRAINT uq_terminal_binding_current UNIQUE (current_terminal_id),
  CONSTRAINT fk_terminal_binding_terminal FOREIGN KEY (terminal_id) REFERENCES terminal (id)
);
