-- RFC 6238 secret of a staff account; last_step forbids using a code twice.
CREATE TABLE second_factor (
  account_id BIGINT NOT NULL,
  secret VARBINARY(120) NOT NULL,
  confirmed_at DATETIME(6),
  last_step BIGINT NOT NULL,
  version INT NOT NULL,
  CONSTRAINT pk_second_factor PRIMARY KEY (account_id),
  CONSTRAINT fk_second_factor_account FOREIGN KEY (account_id) REFERENCES account (id)
);
