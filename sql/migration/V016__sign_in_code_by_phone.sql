CREATE INDEX ix_sign_in_code_phone ON sign_in_code (phone_index, id);
