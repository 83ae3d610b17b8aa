ALTER TABLE qr_code ADD CONSTRAINT ck_qr_code_promotion CHECK ((kind = 'PROMOTION') = (promotion_id IS NOT NULL));
