CREATE TABLE audit_entry (
  id BIGINT NOT NULL,
  at DATETIME(6) NOT NULL,
  actor_kind VARCHAR(12) NOT NULL,
  actor_id BIGINT NOT NULL,
  actor_label VARCHAR(120) NOT NULL,
  action VARCHAR(80) NOT NULL,
  subject VARCHAR(120) NOT NULL,
  merchant_id BIGINT,
  before_state LONGTEXT,
  after_state LONGTEXT,
  reason VARCHAR(1000),
  CONSTRAINT pk_audit_entry PRIMARY KEY (id)
);
