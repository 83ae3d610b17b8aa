CREATE INDEX ix_qr_code_download_code ON qr_code_download (qr_code_id, id);
