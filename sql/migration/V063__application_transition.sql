CREATE TABLE application_transition (
  application_id BIGINT NOT NULL,
  seq INT NOT NULL,
  from_state VARCHAR(20),
  to_state VARCHAR(20) NOT NULL,
  moved_at DATETIME(6) NOT NULL,
  actor_kind VARCHAR(10) NOT NULL,
  actor_id BIGINT NOT NULL,
  actor_label VARCHAR(80) NOT NULL,
  by_staff BOOLEAN NOT NULL,
  reason VARCHAR(400),
  CONSTRAINT pk_application_transition PRIMARY KEY (application_id, seq),
  CONSTRAINT fk_application_transition FOREIGN KEY (application_id) REFERENCES application (id),
  CONSTRAINT ck_application_transition_reason CHECK (to_state NOT IN ('REJECTED', 'NEEDS_FIX') OR (reason IS NOT NULL AND reason <> ''))
);
