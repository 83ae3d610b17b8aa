-- What a delivery is about, to look it up by: the payment's public id and the code's text; null where there is none.
ALTER TABLE webhook_delivery ADD (collection_public_id CHAR(26), qr_code VARCHAR(32));
