-- What that comparison found; should stay empty.
CREATE TABLE config_repair (
  id BIGINT NOT NULL,
  terminal_id BIGINT NOT NULL,
  store_id BIGINT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  found_at DATETIME(6) NOT NULL,
  CONSTRAINT pk_config_repair PRIMARY KEY (id),
  CONSTRAINT ck_config_repair_kind CHECK (kind IN ('CONTENT', 'DELIVERY', 'RENEWAL'))
);
