-- Entries committed but not yet sealed: written with the entry, removed with the seal.
CREATE TABLE audit_pending (
  entry_id BIGINT NOT NULL,
  CONSTRAINT pk_audit_pending PRIMARY KEY (entry_id)
);
