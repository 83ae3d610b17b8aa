CREATE INDEX ix_webhook_delivery_endpoint ON webhook_delivery (endpoint_id, id);
