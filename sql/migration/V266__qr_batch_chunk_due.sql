CREATE INDEX ix_qr_batch_chunk_due ON qr_batch_chunk (due_at, batch_id, chunk);
