-- Every time somebody wanted to pay: what was asked, what was answered, by whom it was decided. Append-only; ids are ordered by
-- time, no other unique key and no foreign key, so it can be cut into partitions by id. local_day and local_hour are the store's.
CREATE TABLE collection_attempt (
    id            BIGINT      NOT NULL,
    public_id     CHAR(26)    NOT NULL,
    collection_id BIGINT,
    qr_code_id    BIGINT      NOT NULL,
    merchant_id   BIGINT      NOT NULL,
    store_id      BIGINT      NOT NULL,
    channel       VARCHAR(12) NOT NULL,
    amount_fen    BIGINT      NOT NULL,
    outcome       VARCHAR(12) NOT NULL,
    reason        VARCHAR(40) NOT NULL,
    was_open      BOOLEAN     NOT NULL,
    payer         BINARY(16),
    region        VARCHAR(12),
    at            DATETIME(6) NOT NULL,
    local_day     DATE        NOT NULL,
    local_hour    INT         NOT NULL,
    CONSTRAINT pk_collection_attempt PRIMARY KEY (id),
    CONSTRAINT ck_collection_attempt_outcome CHECK (outcome IN ('OFFERED', 'WAITING', 'SUCCEEDED', 'REFUSED'))
);
