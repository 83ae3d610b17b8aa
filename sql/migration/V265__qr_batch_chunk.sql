-- Work that is left: removed in the transaction that issues its codes. due_at: while one is at work, the end of its lease.
CREATE TABLE qr_batch_chunk (
    batch_id    BIGINT      NOT NULL,
    chunk       INT         NOT NULL,
    claim_token BIGINT,
    due_at      DATETIME(6) NOT NULL,
    CONSTRAINT pk_qr_batch_chunk PRIMARY KEY (batch_id, chunk)
);
