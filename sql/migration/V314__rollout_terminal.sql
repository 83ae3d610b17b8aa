-- Whose turn it is: a terminal without a row, or with one that still waits, keeps to the earlier word.
CREATE TABLE rollout_terminal (
  rollout_id BIGINT NOT NULL,
  terminal_id BIGINT NOT NULL,
  model VARCHAR(40) NOT NULL,
  position INT NOT NULL,
  group_no SMALLINT NOT NULL,
  state VARCHAR(12) NOT NULL,
  epoch BIGINT,
  gen BIGINT,
  code INT,
  sent_at DATETIME(6),
  CONSTRAINT pk_rollout_terminal PRIMARY KEY (rollout_id, terminal_id)
);
