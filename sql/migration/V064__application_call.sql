CREATE TABLE application_call (
  application_id BIGINT NOT NULL,
  seq INT NOT NULL,
  code CHAR(4) NOT NULL,
  agent_id BIGINT NOT NULL,
  agent_label VARCHAR(80) NOT NULL,
  planned_at DATETIME(6) NOT NULL,
  result VARCHAR(20),
  notes VARBINARY(4096),
  recorded_at DATETIME(6),
  CONSTRAINT pk_application_call PRIMARY KEY (application_id, seq),
  CONSTRAINT fk_application_call FOREIGN KEY (application_id) REFERENCES application (id),
  CONSTRAINT ck_application_call_result CHECK (result IS NULL OR result IN ('VERIFIED', 'NO_ANSWER', 'RESCHEDULED', 'NOT_RIGHT'))
);
