CREATE INDEX ix_outbox_message_recipient ON outbox_message (recipient_index, id);
