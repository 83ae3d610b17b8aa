CREATE TABLE application_field (
  application_id BIGINT NOT NULL,
  field VARCHAR(30) NOT NULL,
  plain VARCHAR(400),
  secret VARBINARY(1024),
  blind BINARY(32),
  problem VARCHAR(20),
  version INT NOT NULL,
  saved_at DATETIME(6) NOT NULL,
  CONSTRAINT pk_application_field PRIMARY KEY (application_id, field),
  CONSTRAINT fk_application_field FOREIGN KEY (application_id) REFERENCES application (id)
);
