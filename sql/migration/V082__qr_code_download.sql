-- Who took a picture of a code away, in which format; append-only.
CREATE TABLE qr_code_download (
    id            BIGINT       NOT NULL,
    qr_code_id    BIGINT       NOT NULL,
    actor_kind    VARCHAR(16)  NOT NULL,
    actor_id      BIGINT       NOT NULL,
    actor_label   VARCHAR(100) NOT NULL,
    format        VARCHAR(8)   NOT NULL,
    downloaded_at DATETIME(6)  NOT NULL,
    CONSTRAINT pk_qr_code_download PRIMARY KEY (id),
    CONSTRAINT fk_qr_code_download_code FOREIGN KEY (qr_code_id) REFERENCES qr_code (id)
);
