CREATE INDEX ix_qr_batch_state ON qr_batch (state, id);
