CREATE INDEX ix_scan_code ON scan (store_id, qr_code_id, scanned_at);
