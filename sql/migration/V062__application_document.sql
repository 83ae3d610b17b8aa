CREATE TABLE application_document (
  application_id BIGINT NOT NULL,
  kind VARCHAR(30) NOT NULL,
  seq INT NOT NULL,
  media_type VARCHAR(40) NOT NULL,
  width INT NOT NULL,
  height INT NOT NULL,
  size_bytes INT NOT NULL,
  secret LONGBLOB NOT NULL,
  uploaded_at DATETIME(6) NOT NULL,
  CONSTRAINT pk_application_document PRIMARY KEY (application_id, kind, seq),
  CONSTRAINT fk_application_document FOREIGN KEY (application_id) REFERENCES application (id)
);
