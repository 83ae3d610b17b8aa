CREATE INDEX ix_webhook_delivery_collection ON webhook_delivery (endpoint_id, collection_public_id, id);
