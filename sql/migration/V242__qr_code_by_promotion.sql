CREATE INDEX ix_qr_code_promotion ON qr_code (promotion_id);
