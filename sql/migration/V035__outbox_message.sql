CREATE TABLE outbox_message (
  id BIGINT NOT NULL,
  channel VARCHAR(10) NOT NULL,
  recipient_cipher VARBINARY(200) NOT NULL,
  recipient_index BINARY(32) NOT NULL,
  recipient_masked VARCHAR(40) NOT NULL,
  template VARCHAR(80) NOT NULL,
  params_cipher VARBINARY(4000) NOT NULL,
  state VARCHAR(10) NOT NULL,
  claim_token BIGINT,
  claimed_until DATETIME(6),
  attempts INT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  delivered_at DATETIME(6),
  last_error VARCHAR(200),
  CONSTRAINT pk_outbox_message PRIMARY KEY (id),
  CONSTRAINT ck_outbox_message_state CHECK (state IN ('WAITING', 'DELIVERED', 'FAILED'))
);
