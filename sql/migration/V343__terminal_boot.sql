-- The lives of a terminal within the last hour, by the digest of their boot ids: left_at is null for the one heard of last, said_at is
-- the terminal's own clock when it last came after another.
CREATE TABLE terminal_boot (
  terminal_id BIGINT NOT NULL,
  boot BINARY(32) NOT NULL,
  left_at DATETIME(6),
  said_at DATETIME(6) NOT NULL,
  late BOOLEAN NOT NULL,
  returned_at DATETIME(6),
  sure_returns INT NOT NULL,
  late_returns INT NOT NULL,
  CONSTRAINT pk_terminal_boot PRIMARY KEY (terminal_id, boot)
);
