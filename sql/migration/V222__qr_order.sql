-- What an order code asks for. current_number is the order's number while this code is the one that counts for it, and NULL once
-- another code took its place: an order has at most one code that can be paid, and a paid one keeps its place for good.
CREATE TABLE qr_order (
    qr_code_id     BIGINT      NOT NULL,
    merchant_id    BIGINT      NOT NULL,
    order_number   VARCHAR(64) NOT NULL,
    current_number VARCHAR(64),
    flow           VARCHAR(16) NOT NULL,
    amount_fen     BIGINT      NOT NULL,
    expires_at     DATETIME(6) NOT NULL,
    used_at        DATETIME(6),
    confirmed_at   DATETIME(6),
    CONSTRAINT pk_qr_order PRIMARY KEY (qr_code_id),
    CONSTRAINT uq_qr_order_number UNIQUE (merchant_id, current_number),
    CONSTRAINT ck_qr_order_flow CHECK (flow IN ('BOOKED_ONLINE', 'CONFIRMED_ONLINE')),
    CONSTRAINT ck_qr_order_amount CHECK (amount_fen > 0)
);
