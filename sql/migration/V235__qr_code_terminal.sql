ALTER TABLE qr_code ADD COLUMN terminal_id BIGINT;
