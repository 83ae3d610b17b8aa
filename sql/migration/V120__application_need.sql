CREATE TABLE application_need (
  application_id BIGINT NOT NULL,
  facts VARBINARY(4096) NOT NULL,
  noted_at DATETIME(6) NOT NULL,
  CONSTRAINT pk_application_need PRIMARY KEY (application_id),
  CONSTRAINT fk_application_need FOREIGN KEY (application_id) REFERENCES application (id)
);
