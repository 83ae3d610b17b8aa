CREATE INDEX ix_webhook_delivery_endpoint_state ON webhook_delivery (endpoint_id, state, id);
