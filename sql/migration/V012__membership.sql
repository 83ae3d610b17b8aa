-- What a person may do in one merchant.
CREATE TABLE membership (
  account_id BIGINT NOT NULL,
  merchant_id BIGINT NOT NULL,
  role VARCHAR(20) NOT NULL,
  since DATETIME(6) NOT NULL,
  version INT NOT NULL,
  CONSTRAINT pk_membership PRIMARY KEY (account_id, merchant_id),
  CONSTRAINT fk_membership_account FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT ck_membership_role CHECK (role IN ('OWNER', 'MANAGER', 'CASHIER'))
);
