-- The chain's head (one row, id 1): whoever advances it is the one writer of that batch.
CREATE TABLE audit_chain (
  id INT NOT NULL,
  head_seq BIGINT NOT NULL,
  head_hash BINARY(32) NOT NULL,
  CONSTRAINT pk_audit_chain PRIMARY KEY (id)
);
