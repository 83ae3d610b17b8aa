CREATE TABLE dirty_scope (
  id BIGINT NOT NULL,
  store_id BIGINT NOT NULL,
  terminal_id BIGINT,
  cause VARCHAR(16) NOT NULL,
  who VARCHAR(120) NOT NULL,
  edited_at DATETIME(6) NOT NULL,
  claim_token VARCHAR(26),
  claimed_until DATETIME(6),
  CONSTRAINT pk_dirty_scope PRIMARY KEY (id)
);
