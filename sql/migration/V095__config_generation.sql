CREATE TABLE config_generation (
  terminal_id BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  gen BIGINT NOT NULL,
  digest VARCHAR(43) NOT NULL,
  cause VARCHAR(16) NOT NULL,
  who VARCHAR(120) NOT NULL,
  edited_at DATETIME(6) NOT NULL,
  compiled_at DATETIME(6) NOT NULL,
  delivered_at DATETIME(6),
  applied_at DATETIME(6),
  outcome VARCHAR(16) NOT NULL,
  code INT,
  CONSTRAINT pk_config_generation PRIMARY KEY (terminal_id, epoch, gen),
  CONSTRAINT ck_config_generation_outcome CHECK (outcome IN ('PENDING', 'DELIVERED', 'APPLIED', 'REJECTED', 'ROLLED_BACK', 'SUPERSEDED'))
);
