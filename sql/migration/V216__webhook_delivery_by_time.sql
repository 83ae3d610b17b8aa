CREATE INDEX ix_webhook_delivery_created ON webhook_delivery (created_at);
