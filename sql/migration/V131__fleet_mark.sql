-- What every store's terminals must learn of; worked off a helping of stores at a time.
CREATE TABLE fleet_mark (
  id BIGINT NOT NULL,
  cause VARCHAR(16) NOT NULL,
  who VARCHAR(120) NOT NULL,
  edited_at DATETIME(6) NOT NULL,
  after_store BIGINT NOT NULL,
  CONSTRAINT pk_fleet_mark PRIMARY KEY (id)
);
