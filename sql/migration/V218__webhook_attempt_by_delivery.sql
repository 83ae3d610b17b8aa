CREATE INDEX ix_webhook_attempt_delivery ON webhook_attempt (delivery_id, id);
