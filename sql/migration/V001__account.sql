CREATE TABLE account (
  id BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  CONSTRAINT pk_account PRIMARY KEY (id)
);
