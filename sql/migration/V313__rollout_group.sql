-- Counted by whoever drives the rollout, so that a page reads a handful of rows.
CREATE TABLE rollout_group (
  rollout_id BIGINT NOT NULL,
  group_no SMALLINT NOT NULL,
  share INT NOT NULL,
  members INT NOT NULL,
  opened_at DATETIME(6),
  passed_at DATETIME(6),
  waiting INT NOT NULL,
  sending INT NOT NULL,
  applied INT NOT NULL,
  unchanged INT NOT NULL,
  refused INT NOT NULL,
  silent INT NOT NULL,
  dark INT NOT NULL,
  gone INT NOT NULL,
  returned INT NOT NULL,
  CONSTRAINT pk_rollout_group PRIMARY KEY (rollout_id, group_no)
);
