-- The acquirer whose cashier takes a merchant's payments, where staff chose one. acquirer NULL: chosen once and given back.
CREATE TABLE merchant_cashier (
    merchant_id BIGINT       NOT NULL,
    acquirer    VARCHAR(20),
    chosen_by   VARCHAR(100) NOT NULL,
    chosen_at   DATETIME(6)  NOT NULL,
    version     INT          NOT NULL,
    CONSTRAINT pk_merchant_cashier PRIMARY KEY (merchant_id)
);
