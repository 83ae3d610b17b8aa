-- A person's account: by phone for customers, by login name for staff.
CREATE TABLE account (
  id BIGINT NOT NULL,
  kind VARCHAR(8) NOT NULL,
  phone VARBINARY(120),
  phone_index BINARY(32),
  login VARCHAR(40),
  password_hash VARCHAR(200),
  label VARCHAR(60) NOT NULL,
  disabled BOOLEAN NOT NULL,
  created_at DATETIME(6) NOT NULL,
  version INT NOT NULL,
  CONSTRAINT pk_account PRIMARY KEY (id),
  CONSTRAINT uk_account_phone UNIQUE (phone_index),
  CONSTRAINT uk_account_login UNIQUE (login),
  CONSTRAINT ck_account_kind CHECK (kind IN ('PERSON', 'STAFF'))
);
