CREATE TABLE settlement_account (
  id BIGINT NOT NULL,
  merchant_id BIGINT NOT NULL,
  holder_cipher VARBINARY(600) NOT NULL,
  number_cipher VARBINARY(200) NOT NULL,
  number_index BINARY(32) NOT NULL,
  number_masked VARCHAR(40) NOT NULL,
  from_at DATETIME(6) NOT NULL,
  until_at DATETIME(6),
  CONSTRAINT pk_settlement_account PRIMARY KEY (id),
  CONSTRAINT fk_settlement_account_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id)
);
