-- What a store lets itself collect, where it chose less than its merchant may.
CREATE TABLE collection_limit (
    store_id        BIGINT NOT NULL,
    per_payment_fen BIGINT NOT NULL,
    per_day_fen     BIGINT NOT NULL,
    version         INT    NOT NULL,
    CONSTRAINT pk_collection_limit PRIMARY KEY (store_id),
    CONSTRAINT ck_collection_limit CHECK (per_payment_fen > 0 AND per_day_fen >= per_payment_fen)
);
