ALTER TABLE settlement_account ADD CONSTRAINT ck_settlement_account_kind CHECK (kind IN ('BANK_CARD', 'CORPORATE_ACCOUNT'));
