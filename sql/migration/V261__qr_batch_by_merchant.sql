CREATE INDEX ix_qr_batch_merchant ON qr_batch (merchant_id, id);
