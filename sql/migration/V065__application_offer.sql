CREATE TABLE application_offer (
  application_id BIGINT NOT NULL,
  seq INT NOT NULL,
  model VARCHAR(40) NOT NULL,
  quote VARCHAR(4000) NOT NULL,
  quote_sha256 CHAR(64) NOT NULL,
  reasons VARCHAR(4000) NOT NULL,
  agreement_version VARCHAR(20) NOT NULL,
  agreement_sha256 CHAR(64) NOT NULL,
  offered_by BIGINT NOT NULL,
  offered_label VARCHAR(80) NOT NULL,
  offered_at DATETIME(6) NOT NULL,
  accepted_at DATETIME(6),
  CONSTRAINT pk_application_offer PRIMARY KEY (application_id, seq),
  CONSTRAINT fk_application_offer FOREIGN KEY (application_id) REFERENCES application (id)
);
