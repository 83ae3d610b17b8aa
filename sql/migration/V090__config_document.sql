CREATE TABLE config_document (
  digest VARCHAR(43) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  scope VARCHAR(40) NOT NULL,
  key_id VARCHAR(40) NOT NULL,
  jws LONGTEXT NOT NULL,
  size INT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  last_used_at DATETIME(6) NOT NULL,
  CONSTRAINT pk_config_document PRIMARY KEY (digest)
);
