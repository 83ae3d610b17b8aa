-- Codes of a store, newest first, page by page: order codes have no number to go by.
CREATE INDEX ix_qr_code_store ON qr_code (store_id, id);
