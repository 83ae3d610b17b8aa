CREATE INDEX ix_webhook_endpoint_merchant ON webhook_endpoint (merchant_id, id);
