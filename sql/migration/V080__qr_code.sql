-- A code is in use until revoked_at; never revived, never deleted: prints of it are out there.
CREATE TABLE qr_code (
    id            BIGINT        NOT NULL,
    code          VARCHAR(32)   NOT NULL,
    kind          VARCHAR(16)   NOT NULL,
    merchant_id   BIGINT        NOT NULL,
    store_id      BIGINT        NOT NULL,
    number        INT           NOT NULL,
    place         VARCHAR(60)   NOT NULL,
    issued_at     DATETIME(6)   NOT NULL,
    revoked_at    DATETIME(6),
    revoke_reason VARCHAR(16),
    revoke_note   VARCHAR(200),
    version       INT           NOT NULL,
    CONSTRAINT pk_qr_code PRIMARY KEY (id),
    CONSTRAINT uq_qr_code_code UNIQUE (code),
    CONSTRAINT uq_qr_code_number UNIQUE (store_id, number),
    CONSTRAINT ck_qr_code_kind CHECK (kind IN ('STORE', 'TERMINAL', 'PROMOTION', 'ORDER')),
    CONSTRAINT ck_qr_code_revoked CHECK ((revoked_at IS NULL) = (revoke_reason IS NULL))
);
