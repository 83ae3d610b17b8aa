CREATE TABLE terminal_presence (
  terminal_id BIGINT NOT NULL,
  online BOOLEAN NOT NULL,
  since DATETIME(6) NOT NULL,
  last_seen DATETIME(6) NOT NULL,
  firmware VARCHAR(60),
  boot_id VARCHAR(60),
  CONSTRAINT pk_terminal_presence PRIMARY KEY (terminal_id),
  CONSTRAINT fk_terminal_presence_terminal FOREIGN KEY (terminal_id) REFERENCES terminal (id)
);
