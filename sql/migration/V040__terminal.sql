CREATE TABLE terminal (
  id BIGINT NOT NULL,
  public_id CHAR(26) NOT NULL,
  serial VARCHAR(32) NOT NULL,
  model VARCHAR(40) NOT NULL,
  device_class VARCHAR(16) NOT NULL,
  state VARCHAR(12) NOT NULL,
  destined_for BIGINT,
  stocked_at DATETIME(6) NOT NULL,
  version INT NOT NULL,
  CONSTRAINT pk_terminal PRIMARY KEY (id),
  CONSTRAINT uq_terminal_public_id UNIQUE (public_id),
  CONSTRAINT uq_terminal_serial UNIQUE (serial),
  CONSTRAINT ck_terminal_state CHECK (state IN ('IN_STOCK', 'ALLOCATED', 'PACKED', 'SHIPPED', 'DELIVERED', 'ACTIVE', 'RETIRED', 'LOST'))
);
