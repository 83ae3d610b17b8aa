ALTER TABLE qr_code ADD COLUMN replaced_by BIGINT;
