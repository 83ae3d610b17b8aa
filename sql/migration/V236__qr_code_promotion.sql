ALTER TABLE qr_code ADD COLUMN promotion_id BIGINT;
