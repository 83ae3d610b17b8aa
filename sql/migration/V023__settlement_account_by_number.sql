CREATE INDEX ix_settlement_account_number ON settlement_account (number_index);
