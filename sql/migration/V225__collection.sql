-- One wish to pay, from the scan page to its end. once_hash makes a double press one wish. Nothing about the payer but a hash
-- that changes daily. Ids are ordered by time.
CREATE TABLE collection (
    id          BIGINT      NOT NULL,
    public_id   CHAR(26)    NOT NULL,
    token       CHAR(26)    NOT NULL,
    once_hash   BINARY(16)  NOT NULL,
    qr_code_id  BIGINT      NOT NULL,
    merchant_id BIGINT      NOT NULL,
    store_id    BIGINT      NOT NULL,
    amount_fen  BIGINT      NOT NULL,
    cashier     VARCHAR(20) NOT NULL,
    payer_app   VARCHAR(12) NOT NULL,
    payer       BINARY(16),
    state       VARCHAR(12) NOT NULL,
    reason      VARCHAR(40),
    created_at  DATETIME(6) NOT NULL,
    expires_at  DATETIME(6) NOT NULL,
    ended_at    DATETIME(6),
    decided_by  VARCHAR(100),
    version     INT         NOT NULL,
    CONSTRAINT pk_collection PRIMARY KEY (id),
    CONSTRAINT uq_collection_public_id UNIQUE (public_id),
    CONSTRAINT uq_collection_token UNIQUE (token),
    CONSTRAINT uq_collection_once UNIQUE (once_hash),
    CONSTRAINT ck_collection_amount CHECK (amount_fen > 0),
    CONSTRAINT ck_collection_state
        CHECK (state IN ('OFFERED', 'WAITING', 'SUCCEEDED', 'REFUSED', 'CANCELLED', 'EXPIRED'))
);
