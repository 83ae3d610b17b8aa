-- The last number given out in a store: one locked row instead of max()+1, so that batches can take a range.
CREATE TABLE qr_code_counter (
    store_id    BIGINT NOT NULL,
    last_number INT    NOT NULL,
    CONSTRAINT pk_qr_code_counter PRIMARY KEY (store_id)
);
