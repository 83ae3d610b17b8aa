CREATE INDEX ix_qr_batch_row_chunk ON qr_batch_row (batch_id, chunk, id);
