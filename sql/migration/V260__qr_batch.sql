-- One file of wishes for codes. issued grows with each chunk; copy tells apart files that are the same to the byte.
CREATE TABLE qr_batch (
    id          BIGINT       NOT NULL,
    public_id   CHAR(26)     NOT NULL,
    merchant_id BIGINT       NOT NULL,
    file_name   VARCHAR(100) NOT NULL,
    file_digest CHAR(64)     NOT NULL,
    copy        INT          NOT NULL,
    state       VARCHAR(10)  NOT NULL,
    row_count   INT          NOT NULL,
    refused     INT          NOT NULL,
    issued      INT          NOT NULL,
    actor_kind  VARCHAR(16)  NOT NULL,
    actor_id    BIGINT       NOT NULL,
    actor_label VARCHAR(100) NOT NULL,
    started_at  DATETIME(6)  NOT NULL,
    finished_at DATETIME(6),
    CONSTRAINT pk_qr_batch PRIMARY KEY (id),
    CONSTRAINT uq_qr_batch_public UNIQUE (public_id),
    CONSTRAINT uq_qr_batch_file UNIQUE (merchant_id, file_digest, copy),
    CONSTRAINT ck_qr_batch_state CHECK (state IN ('RUNNING', 'DONE', 'CANCELLED'))
);
