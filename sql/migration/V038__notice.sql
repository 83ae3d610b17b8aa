-- Messages inside the portal.
CREATE TABLE notice (
  id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  template VARCHAR(80) NOT NULL,
  params VARBINARY(4000) NOT NULL,
  link VARCHAR(200),
  created_at DATETIME(6) NOT NULL,
  read_at DATETIME(6),
  CONSTRAINT pk_notice PRIMARY KEY (id)
);
