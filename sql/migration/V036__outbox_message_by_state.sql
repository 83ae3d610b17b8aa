CREATE INDEX ix_outbox_message_state ON outbox_message (state, id);
