CREATE TABLE terminal_activation_try (
  id BIGINT NOT NULL,
  actor_kind VARCHAR(8) NOT NULL,
  actor_id BIGINT NOT NULL,
  tried_at DATETIME(6) NOT NULL,
  CONSTRAINT pk_terminal_activation_try PRIMARY KEY (id)
);
