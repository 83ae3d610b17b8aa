-- What a store has collected on its own calendar day: the locked row by which the daily limit holds when many pay at once.
CREATE TABLE collection_day (
    store_id   BIGINT NOT NULL,
    local_day  DATE   NOT NULL,
    amount_fen BIGINT NOT NULL,
    payments   INT    NOT NULL,
    CONSTRAINT pk_collection_day PRIMARY KEY (store_id, local_day)
);
