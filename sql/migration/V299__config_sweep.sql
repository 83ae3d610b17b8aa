-- How far the slow comparison of what runs with what should run has come.
CREATE TABLE config_sweep (
  id SMALLINT NOT NULL,
  after_store BIGINT NOT NULL,
  lap_started_at DATETIME(6) NOT NULL,
  CONSTRAINT pk_config_sweep PRIMARY KEY (id)
);
