-- One row per scan and what it was told; append-only, ids ordered by time (ready for partitions); nothing about the payer.
CREATE TABLE scan (
    id         BIGINT      NOT NULL,
    qr_code_id BIGINT      NOT NULL,
    store_id   BIGINT      NOT NULL,
    scanned_at DATETIME(6) NOT NULL,
    verdict    VARCHAR(16) NOT NULL,
    reason     VARCHAR(40) NOT NULL,
    CONSTRAINT pk_scan PRIMARY KEY (id)
);
