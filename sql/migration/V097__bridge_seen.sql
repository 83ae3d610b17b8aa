CREATE TABLE bridge_seen (
  bridge VARCHAR(64) NOT NULL,
  first_seen_at DATETIME(6) NOT NULL,
  last_seen_at DATETIME(6) NOT NULL,
  CONSTRAINT pk_bridge_seen PRIMARY KEY (bridge)
);
