-- One event for one endpoint, written in the event's own transaction. due_at: the next attempt; while one is at work, the end of its lease.
CREATE TABLE webhook_delivery (
  id BIGINT NOT NULL,
  public_id CHAR(26) NOT NULL,
  endpoint_id BIGINT NOT NULL,
  event_type VARCHAR(40) NOT NULL,
  payload VARCHAR(4000) NOT NULL,
  state VARCHAR(10) NOT NULL,
  attempts INT NOT NULL,
  round_at DATETIME(6) NOT NULL,
  due_at DATETIME(6) NOT NULL,
  claim_token BIGINT,
  created_at DATETIME(6) NOT NULL,
  finished_at DATETIME(6),
  CONSTRAINT pk_webhook_delivery PRIMARY KEY (id),
  CONSTRAINT uq_webhook_delivery_public UNIQUE (public_id),
  CONSTRAINT ck_webhook_delivery_state CHECK (state IN ('WAITING', 'DELIVERED', 'STOPPED'))
);
