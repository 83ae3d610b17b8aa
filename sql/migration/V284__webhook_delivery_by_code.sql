CREATE INDEX ix_webhook_delivery_code ON webhook_delivery (endpoint_id, qr_code, id);
