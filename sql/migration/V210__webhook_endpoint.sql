-- Where a merchant's own systems want to hear of events. Secrets are encrypted; the old one still signs for a day after a change.
CREATE TABLE webhook_endpoint (
  id BIGINT NOT NULL,
  public_id CHAR(26) NOT NULL,
  merchant_id BIGINT NOT NULL,
  url VARCHAR(500) NOT NULL,
  description VARCHAR(100) NOT NULL,
  event_types VARCHAR(200) NOT NULL,
  secret VARBINARY(200) NOT NULL,
  old_secret VARBINARY(200),
  old_secret_until DATETIME(6),
  disabled_reason VARCHAR(10),
  disabled_at DATETIME(6),
  failing_since DATETIME(6),
  created_at DATETIME(6) NOT NULL,
  deleted_at DATETIME(6),
  version INT NOT NULL,
  CONSTRAINT pk_webhook_endpoint PRIMARY KEY (id),
  CONSTRAINT uq_webhook_endpoint_public UNIQUE (public_id),
  CONSTRAINT ck_webhook_endpoint_reason CHECK (disabled_reason IN ('MERCHANT', 'FAILING', 'GONE'))
);
