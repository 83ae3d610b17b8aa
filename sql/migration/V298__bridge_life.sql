-- From a bridge's hello to its end; the id is its fence. current_bridge repeats the name while it lives and is null after.
CREATE TABLE bridge_life (
  id BIGINT NOT NULL,
  bridge VARCHAR(64) NOT NULL,
  current_bridge VARCHAR(64),
  instance VARCHAR(64),
  shared BOOLEAN NOT NULL,
  started_at DATETIME(6) NOT NULL,
  lease_until DATETIME(6) NOT NULL,
  ended_at DATETIME(6),
  ended_because VARCHAR(12),
  CONSTRAINT pk_bridge_life PRIMARY KEY (id),
  CONSTRAINT uq_bridge_life_current UNIQUE (current_bridge)
);
