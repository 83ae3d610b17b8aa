-- One-time codes: keyed hashes only.
CREATE TABLE sign_in_code (
  id BIGINT NOT NULL,
  phone_index BINARY(32) NOT NULL,
  code_hash BINARY(32) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  tries_left INT NOT NULL,
  used_at DATETIME(6),
  created_at DATETIME(6) NOT NULL,
  CONSTRAINT pk_sign_in_code PRIMARY KEY (id)
);
