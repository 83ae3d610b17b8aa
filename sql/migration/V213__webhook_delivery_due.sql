CREATE INDEX ix_webhook_delivery_due ON webhook_delivery (state, endpoint_id, due_at, id);
