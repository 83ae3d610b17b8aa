-- The chain: each hash covers the one before and the whole entry.
CREATE TABLE audit_seal (
  seq BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  hash BINARY(32) NOT NULL,
  CONSTRAINT pk_audit_seal PRIMARY KEY (seq),
  CONSTRAINT uk_audit_seal_entry UNIQUE (entry_id)
);
