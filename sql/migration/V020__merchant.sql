CREATE TABLE merchant (
  id BIGINT NOT NULL,
  public_id CHAR(26) NOT NULL,
  name VARCHAR(120) NOT NULL,
  kind VARCHAR(20) NOT NULL,
  uscc VARCHAR(18),
  frozen_reason VARCHAR(400),
  created_at DATETIME(6) NOT NULL,
  version INT NOT NULL,
  CONSTRAINT pk_merchant PRIMARY KEY (id),
  CONSTRAINT uq_merchant_public_id UNIQUE (public_id),
  CONSTRAINT ck_merchant_kind CHECK (kind IN ('INDIVIDUAL', 'SOLE_TRADER', 'COMPANY', 'INSTITUTION'))
);
