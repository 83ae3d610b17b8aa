CREATE TABLE application_fix (
  application_id BIGINT NOT NULL,
  submission INT NOT NULL,
  part VARCHAR(30) NOT NULL,
  part_version INT NOT NULL,
  sentence VARCHAR(300) NOT NULL,
  asked_at DATETIME(6) NOT NULL,
  CONSTRAINT pk_application_fix PRIMARY KEY (application_id, submission, part),
  CONSTRAINT fk_application_fix FOREIGN KEY (application_id) REFERENCES application (id),
  CONSTRAINT ck_application_fix_sentence CHECK (sentence <> '')
);
